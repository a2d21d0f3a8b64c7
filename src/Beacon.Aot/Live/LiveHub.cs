using Beacon.Registry;
using Beacon.Registry.Events;

namespace Beacon.Aot.Live;

/// <summary>
/// Turns registry events into messages, once each, and puts them into every client's queue. It never waits for a client.
/// </summary>
/// <remarks>One loop (<see cref="RunAsync"/>) reads the registry's events; joining and leaving may happen on any thread.</remarks>
internal sealed class LiveHub : IDisposable
{
    private const int Batch = 256;

    private readonly Lock _gate = new();
    private readonly ServiceRegistry _registry;
    private readonly ILogger _logger;
    private readonly EventListener _listener;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly ReplayRing _ring = new();
    private readonly HashSet<LiveSession> _sessions = [];
    private readonly List<LiveFrame> _frames = [];
    private long _sequence;
    private long _lost;
    private int _clients;

    public LiveHub(ServiceRegistry registry, ILogger<LiveHub> logger)
    {
        _registry = registry;
        _logger = logger;
        _sequence = registry.Events.LastSequence;
        _ring.Forget(_sequence);
        _listener = registry.Events.Listen(LiveLimits.HubQueue);
        _listener.Wake = Signal;
    }

    /// <summary>Names this run of the program: sequences of another run mean nothing here.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("N");

    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Moves events on to clients until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
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
        }
    }

    /// <summary>False when there are as many clients as there may be. Call before the connection is upgraded, and <see cref="Release"/> after.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _clients) <= LiveLimits.MaxClients)
        {
            return true;
        }

        Interlocked.Decrement(ref _clients);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _clients);

    /// <summary>
    /// From now on the session gets every message. Returned is what it must send before those: the greeting, and what the client missed
    /// since <paramref name="since"/> or the order to read afresh. Nothing can fall in between.
    /// </summary>
    public List<LiveFrame> Join(LiveSession session, long? since)
    {
        lock (_gate)
        {
            var first = new List<LiveFrame> { new(_sequence, LiveMessages.Connected(session.ClientId, _sequence, Instance), null) };
            if (since is { } sequence && (sequence > _sequence || !_ring.TryReplay(sequence, first)))
            {
                first.Add(new(_sequence, LiveMessages.Resync(_sequence, "too much was missed to be sent again; read the list afresh"), null));
            }

            _sessions.Add(session);
            return first;
        }
    }

    public void Leave(LiveSession session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    public void Dispose()
    {
        _registry.Events.Unlisten(_listener);
        _signal.Dispose();
    }

    private void Pass(ReadOnlySpan<RegistryEvent> events)
    {
        lock (_gate)
        {
            TellIfLost(events[^1].Sequence);
            foreach (ref readonly var change in events)
            {
                _sequence = change.Sequence;
                _frames.Clear();
                LiveMessages.AddFrames(change, _frames);
                foreach (var frame in _frames)
                {
                    _ring.Add(frame);
                    foreach (var session in _sessions)
                    {
                        session.Offer(frame);
                    }
                }
            }
        }
    }

    private void TellIfLost(long newest)
    {
        var lost = _listener.Lost;
        if (lost == _lost)
        {
            return;
        }

        LiveLog.EventsLost(_logger, lost - _lost);
        _lost = lost;
        _ring.Forget(newest);
        var resync = new LiveFrame(newest, LiveMessages.Resync(newest, "events came faster than they could be told; read the list afresh"), null);
        foreach (var session in _sessions)
        {
            session.Offer(resync);
        }
    }

    private void Signal()
    {
        if (_signal.CurrentCount == 0)
        {
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
}
