using System.Diagnostics.CodeAnalysis;
using System.Net;
using Beacon.Mdns.Loop;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Status;
using Beacon.Mdns.Transport;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns;

/// <summary>
/// Announces the registry's services, and Beacon itself, on every link. One thread of its own waits in the transport and drives the
/// engine: a datagram is answered where it was read. The registry and look-ups only leave things for that thread and wake it.
/// </summary>
/// <remarks>The transport stays the caller's: dispose of it after <see cref="RunAsync"/> has returned.</remarks>
public sealed class MdnsResponder
{
    private const int EventsPerTurn = 256;

    private readonly MdnsOptions _options;
    private readonly ServiceRegistry _registry;
    private readonly IMulticastTransport _transport;
    private readonly IHostLookup _lookup;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MdnsMetrics _metrics = new();
    private readonly MdnsEngine _engine;
    private readonly DatagramReceived _onReceived;
    private readonly FloodGuard _flood = new();
    private readonly SuspendWatch _suspend = SuspendWatch.OfThisMachine();
    private readonly RegistryEvent[] _events = new RegistryEvent[EventsPerTurn];
    private readonly long _origin;
    private LookupRunner? _lookups;
    private long _eventsLost;
    private long _droppedLogged;
    private long _dropsSeenAt = MdnsTimings.Never;
    private long _failureLoggedAt = MdnsTimings.Never;
    private volatile bool _isRunning;
    private TaskCompletionSource<MdnsPicture?>? _look;

    public MdnsResponder(
        MdnsOptions options,
        ServiceRegistry registry,
        IMulticastTransport transport,
        IHostLookup lookup,
        IMdnsNameStore names,
        TimeProvider time,
        ILogger logger)
        : this(options, registry, transport, lookup, names, time, logger, Random.Shared.Next())
    {
    }

    /// <param name="seed">Of all random waits.</param>
    internal MdnsResponder(
        MdnsOptions options,
        ServiceRegistry registry,
        IMulticastTransport transport,
        IHostLookup lookup,
        IMdnsNameStore names,
        TimeProvider time,
        ILogger logger,
        int seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        (_options, _registry, _transport, _lookup, _time, _logger) = (options, registry, transport, lookup, time, logger);
        _origin = time.GetTimestamp();
        _onReceived = OnReceived;
        _engine = new MdnsEngine(
            options, new TransportSink(transport), names, name => _lookups?.Start(name), new Random(seed), _metrics, logger);
    }

    /// <summary>A picture of this moment; cheap, takes no lock.</summary>
    public MdnsStatus Status => new(
        _isRunning,
        _options.Domain,
        _engine.HostName,
        _isRunning ? _transport.Links : [],
        _engine.ServiceCount,
        _engine.NameCount,
        _metrics.ConflictCount,
        _metrics.ReceivedCount,
        _metrics.SentCount,
        _transport.Dropped);

    /// <summary>Runs until <paramref name="stopping"/>, then says goodbye for everything and returns within a second.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        if (!_options.Enabled)
        {
            return Task.CompletedTask;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread of its own: an answer is due within milliseconds, whatever else the pool is busy with.
        var thread = new Thread(() =>
        {
            try
            {
                Run(stopping);
                ended.SetResult();
            }
            catch (Exception exception)
            {
                ended.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = "mdns",
        };
        thread.Start();
        return ended.Task;
    }

    /// <summary>
    /// Everything there is to know, taken by the engine's thread between two datagrams. Whoever asks while a picture is wanted already gets
    /// the same one. Any thread.
    /// </summary>
    /// <returns>Null when mDNS does not run, or its thread does not come to it within two seconds.</returns>
    public async Task<MdnsPicture?> LookAsync(CancellationToken cancellationToken)
    {
        if (!_isRunning)
        {
            return null;
        }

        var wanted = new TaskCompletionSource<MdnsPicture?>(TaskCreationOptions.RunContinuationsAsynchronously);
        wanted = Interlocked.CompareExchange(ref _look, wanted, null) ?? wanted;
        Wake();
        try
        {
            return await wanted.Task.WaitAsync(MdnsTimings.LookLimit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Any thread. False for a service that is unknown, expired or not taken up yet.</summary>
    public bool TryGetAnnouncement(ServiceId id, [NotNullWhen(true)] out MdnsAnnouncement? announcement) =>
        _engine.TryGetAnnouncement(id, out announcement);

    private long Now => _time.GetElapsedTime(_origin).Ticks;

    private void Run(CancellationToken stopping)
    {
        using var lookups = new LookupRunner(_lookup, _time, Wake, _logger, stopping);
        _lookups = lookups;
        using var stop = stopping.Register(Wake);
        var listener = _registry.Events.Listen(MdnsLimits.Events);
        listener.Wake = Wake;
        try
        {
            _transport.Start();
            _isRunning = true;
            _engine.Start(_transport.Links, _transport.SharesPort, _registry.Snapshot(), Now);
            MdnsLog.Started(_logger, _options.Domain, _transport.Links.Count);
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    // What is left over is looked for again after a look at the network, so that neither keeps the other waiting.
                    var isBusy = ReadLookups() | ReadEvents(listener);
                    Interlocked.Exchange(ref _look, null)?.SetResult(_engine.TakePicture(_transport.Dropped, Now));
                    RunTimers();
                    Wait(isBusy ? Now : MdnsTimings.Idle);
                }
                catch (Exception exception)
                {
                    // A bug, or memory ran out. Ending this thread would silence every service; a failure that lasts must not keep a
                    // processor busy.
                    LogFailure(exception);
                    stopping.WaitHandle.WaitOne(MdnsTimings.PauseAfterFailure);
                }
            }

            SayGoodbyes();
        }
        finally
        {
            _isRunning = false;
            Interlocked.Exchange(ref _look, null)?.SetResult(null);
            listener.Wake = null;
            _registry.Events.Unlisten(listener);
        }
    }

    private void RunTimers()
    {
        var now = Now;
        if (_engine.NextDue <= now)
        {
            _engine.OnTimer(now);
        }
    }

    private bool ReadLookups()
    {
        var isBusy = false;
        while (_lookups!.TryTake(out var result))
        {
            _engine.OnLookup(result.Name, result.Addresses, Now);
            isBusy = true;
        }

        return isBusy;
    }

    private bool ReadEvents(EventListener listener)
    {
        var count = listener.Read(_events);
        for (var at = 0; at < count; at++)
        {
            try
            {
                _engine.OnRegistryEvent(_events[at], Now);
            }
            catch (Exception exception)
            {
                // Our bug; one service must not end the announcements of all others.
                MdnsLog.EventFailed(_logger, _events[at].Service?.Id.ToString() ?? "", exception);
            }
        }

        _events.AsSpan(0, count).Clear();
        var lost = listener.Lost;
        if (lost != _eventsLost)
        {
            _eventsLost = lost;
            MdnsLog.EventsLost(_logger);
            _engine.Synchronise(_registry.Snapshot(), Now);
        }

        return count > 0;
    }

    private void SayGoodbyes()
    {
        var limit = Now + MdnsTimings.StopLimit.Ticks;
        var names = _engine.Stop(Now);
        while (!_engine.IsQuiet && Now < limit)
        {
            RunTimers();
            Wait(limit);
        }

        if (!_engine.IsQuiet)
        {
            MdnsLog.GoodbyesUnfinished(_logger);
        }

        MdnsLog.Stopped(_logger, names);
    }

    /// <summary>Until something happens, a timer is due or the instant comes. Datagrams are handled meanwhile, on this thread.</summary>
    private void Wait(long until)
    {
        LogDrops();
        var due = Math.Min(_engine.NextDue, until);
        var atMost = due == MdnsTimings.Idle ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, due - Now));
        var (received, sent, planned) = (_metrics.ReceivedCount, _metrics.SentCount, _engine.NextDue);
        if (_transport.Wait(atMost, _onReceived))
        {
            _engine.OnLinksChanged(_transport.Links, _transport.SharesPort, Now);
        }

        if (_suspend.HasSlept(Now))
        {
            MdnsLog.Resumed(_logger);
            _engine.OnResumed(Now);
        }

        if (_metrics.ReceivedCount == received)
        {
            return;
        }

        var now = Now;
        var wasUseful = _metrics.SentCount != sent || _engine.NextDue < planned;
        if (_flood.ShouldRest(wasUseful, now) && _engine.NextDue - now > MdnsTimings.FloodRest.Ticks)
        {
            _transport.Rest(MdnsTimings.FloodRest);
        }
    }

    private void LogFailure(Exception exception)
    {
        if (_failureLoggedAt == MdnsTimings.Never || Now - _failureLoggedAt >= TimeSpan.TicksPerMinute)
        {
            _failureLoggedAt = Now;
            MdnsLog.TurnFailed(_logger, exception);
        }
    }

    /// <summary>Looking costs a system call for each socket, so it is done as seldom as it may be said.</summary>
    private void LogDrops()
    {
        var now = Now;
        if (_dropsSeenAt != MdnsTimings.Never && now - _dropsSeenAt < TimeSpan.TicksPerMinute)
        {
            return;
        }

        _dropsSeenAt = now;
        var dropped = _transport.Dropped;
        if (dropped > _droppedLogged)
        {
            _droppedLogged = dropped;
            MdnsLog.PacketsDropped(_logger, dropped);
        }
    }

    private void OnReceived(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram)
    {
        try
        {
            _engine.OnDatagram(linkIndex, source, toGroup, datagram, Now);
        }
        catch (Exception exception)
        {
            // Our bug, not the sender's; one packet must not end the service for everybody else.
            MdnsLog.PacketFailed(_logger, exception);
        }
    }

    private void Wake() => _transport.Wake();
}
