using Beacon.Registry;
using Beacon.Registry.Events;

namespace Beacon.Aot.Live;

/// <summary>
/// Turns registry events into messages, once each, and puts them into every client's queue. It never waits for a client.
/// </summary>
/// <remarks>
/// One task (<see cref="RunAsync"/>) reads the registry's events; everything else may happen on any thread. Under the gate nothing is
/// serialised and nothing is called but the sessions' queues.
/// </remarks>
internal sealed class LiveHub : IDisposable
{
    /// <summary>Events passed on under one hold of the gate; a client that joins waits for at most this many.</summary>
    private const int Batch = 256;

    /// <summary>Guards the clients, the ring and the newest sequence: a client joins exactly between two messages.</summary>
    private readonly Lock _gate = new();
    private readonly ServiceRegistry _registry;
    private readonly LiveRun _run;
    private readonly LiveTimings _timings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventListener _listener;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly ReplayRing _ring = new();
    private readonly HashSet<LiveSession> _sessions = [];
    private readonly List<LiveFrame> _frames = [];
    private long _lastRead;
    private long _newest;
    private long? _emptySince;
    private int _clients;
    private int _fullTold;

    public LiveHub(ServiceRegistry registry, LiveRun run, LiveTimings timings, TimeProvider time, ILogger<LiveHub> logger)
    {
        _registry = registry;
        _run = run;
        _timings = timings;
        _time = time;
        _logger = logger;
        _lastRead = registry.Events.LastSequence;
        _newest = run.Origin + _lastRead;
        _ring.Forget(_newest);
        _listener = registry.Events.Listen(LiveLimits.HubQueue);
        _listener.Wake = Signal;
    }

    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Sequence of the newest event that clients were told of. The registry already shows everything up to it.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>Moves events on to clients, and cuts off those who stand still, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] tasks = [PumpAsync(together.Token), WatchAsync(together.Token)];
        await Task.WhenAny(tasks);
        await together.CancelAsync();
        await Task.WhenAll(tasks);
    }

    /// <summary>False when there are as many clients as there may be. Call before the connection is upgraded, and <see cref="Release"/> after.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _clients) <= LiveLimits.MaxClients)
        {
            LiveMetrics.Clients.Add(1);
            return true;
        }

        Interlocked.Decrement(ref _clients);
        LiveMetrics.Refused.Add(1);
        if (Interlocked.Exchange(ref _fullTold, 1) == 0)
        {
            LiveLog.TooManyClients(_logger, LiveLimits.MaxClients);
        }

        return false;
    }

    public void Release()
    {
        LiveMetrics.Clients.Add(-1);
        if (Interlocked.Decrement(ref _clients) == 0)
        {
            // Told once per siege, not once per client turned away.
            Volatile.Write(ref _fullTold, 0);
        }
    }

    /// <summary>
    /// From now on the session gets every message. Returned is what it must send before those: the greeting, and what the client missed
    /// since <paramref name="since"/> or the order to read afresh. Nothing can fall in between.
    /// </summary>
    public List<LiveFrame> Join(LiveSession session, long? since)
    {
        lock (_gate)
        {
            var replay = new List<LiveFrame>();
            var isGap = since is { } wanted && (wanted > _newest || !_ring.TryReplay(wanted, replay));

            // A client that is told what it missed stands where it stood: messages after the greeting always have higher numbers.
            var start = since is { } place && !isGap ? place : _newest;
            List<LiveFrame> first = [Private(LiveAnswers.Connected(session.ClientId, start, _run.Instance))];
            if (isGap)
            {
                LiveMetrics.Resyncs.Add(1);
                first.Add(Private(LiveAnswers.Resync(_newest, ResyncReason.ReplayGap)));
            }

            first.AddRange(replay);
            _sessions.Add(session);
            _emptySince = null;
            return first;
        }
    }

    /// <summary>The sequence from which on the session's messages are chosen by this filter.</summary>
    public long Subscribe(LiveSession session, LiveFilter filter)
    {
        lock (_gate)
        {
            session.Filter = filter;
            return _newest;
        }
    }

    /// <summary>
    /// Tells everybody who is here of something that is no event of a service. It takes the newest sequence, moves nobody on and is not
    /// replayed: who comes later asks <c>/health</c>.
    /// </summary>
    public void Announce(Func<long, byte[]> message)
    {
        lock (_gate)
        {
            if (_sessions.Count == 0)
            {
                return;
            }

            var frame = new LiveFrame(_newest, message(_newest), default);
            foreach (var session in _sessions)
            {
                session.Offer(frame);
            }
        }
    }

    public void Leave(LiveSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
            if (_sessions.Count == 0)
            {
                _emptySince = _time.GetTimestamp();
            }
        }
    }

    public void Dispose()
    {
        _registry.Events.Unlisten(_listener);
        _signal.Dispose();
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var events = new RegistryEvent[Batch];
        while (true)
        {
            await _signal.WaitAsync(cancellationToken);
            int count;
            while ((count = _listener.Read(events)) > 0)
            {
                Pass(events.AsSpan(0, count));
                Array.Clear(events, 0, count);
            }

            if (_timings.RestAfterTelling(Clients) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, _time, cancellationToken);
            }
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_timings.WatchPace, _time);
        var stalled = new List<LiveSession>();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            lock (_gate)
            {
                foreach (var session in _sessions)
                {
                    if (session.IsStalled)
                    {
                        stalled.Add(session);
                    }
                }
            }

            foreach (var session in stalled)
            {
                LiveLog.ClientCutOff(_logger, session.ClientId, _timings.StallLimit.TotalSeconds);
                session.CutOff();
            }

            stalled.Clear();
        }
    }

    private void Pass(ReadOnlySpan<RegistryEvent> events)
    {
        var newest = _run.Origin + events[^1].Sequence;
        if (SkipWhenNobodyListens(newest))
        {
            _lastRead = events[^1].Sequence;
            return;
        }

        foreach (ref readonly var change in events)
        {
            var lost = change.Sequence - _lastRead - 1;
            _lastRead = change.Sequence;
            if (lost > 0)
            {
                LiveLog.EventsLost(_logger, lost);
                Distribute();
                AskAllToReadAfresh(_run.Origin + change.Sequence - 1);
            }

            LiveMessages.AddFrames(_run.Origin + change.Sequence, change, _frames);
        }

        Distribute(newest);
    }

    /// <summary>A Beacon that nobody watches does not pay for messages.</summary>
    private bool SkipWhenNobodyListens(long newest)
    {
        lock (_gate)
        {
            if (_sessions.Count > 0 || (_emptySince is { } since && _time.GetElapsedTime(since) < _timings.ReplayIdle))
            {
                return false;
            }

            _ring.Forget(newest);
            Volatile.Write(ref _newest, newest);
            return true;
        }
    }

    private void Distribute(long? newest = null)
    {
        lock (_gate)
        {
            foreach (var frame in _frames)
            {
                _ring.Add(frame);
                foreach (var session in _sessions)
                {
                    session.Offer(frame);
                }
            }

            if (newest is { } sequence)
            {
                Volatile.Write(ref _newest, sequence);
            }
        }

        _frames.Clear();
    }

    private void AskAllToReadAfresh(long sequence)
    {
        var resync = new LiveFrame(sequence, LiveAnswers.Resync(sequence, ResyncReason.Overload), default);
        lock (_gate)
        {
            _ring.Forget(sequence);
            foreach (var session in _sessions)
            {
                session.Offer(resync);
            }

            LiveMetrics.Resyncs.Add(_sessions.Count);
            Volatile.Write(ref _newest, sequence);
        }
    }

    /// <summary>For one client; it is in no queue, so its place among the events does not matter.</summary>
    private static LiveFrame Private(byte[] json) => new(0, json, default);

    private void Signal()
    {
        if (_signal.CurrentCount > 0)
        {
            return;
        }

        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two publishers at once: one signal is enough.
        }
    }
}
