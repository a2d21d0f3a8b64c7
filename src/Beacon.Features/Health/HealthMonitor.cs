using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Beacon.Features.Health.Scheduling;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health;

/// <summary>
/// Checks every service that wants to be checked, in its rhythm, and tells the registry and the observers what came out. Follows the
/// registry's events; when it lost some it compares with a snapshot.
/// </summary>
/// <remarks>
/// One loop owns the schedule (<see cref="RunAsync"/>, in tests whoever calls <see cref="Step"/>); the checks themselves run beside it and
/// report through a queue. <see cref="CheckNowAsync"/> may be called by any thread.
/// </remarks>
public sealed partial class HealthMonitor : IDisposable
{
    private readonly ServiceRegistry _registry;
    private readonly IProbe _probe;
    private readonly IReadOnlyList<IHealthObserver> _observers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventListener _listener;
    private readonly long _start;
    private readonly CheckLanes _lanes;
    private readonly DueTimes _dueTimes = new();
    private readonly LeaseWheel<CheckedService> _wheel = new(0);

    // Changed by the loop alone; concurrent for who looks on. One lock is enough for one writer.
    private readonly ConcurrentDictionary<ServiceId, CheckedService> _services = new(1, 31);

    private readonly Dictionary<string, HostQueue> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<CheckEnd> _ends = new();
    private readonly Channel<CheckRequest> _requests = Channel.CreateBounded<CheckRequest>(HealthLimits.Requests);

    // Setting it twice before the loop looks wakes the loop once; setting never blocks, so it is safe under the registry's gate.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ITimer _timer;
    private readonly Meter _meter = new(HealthMetrics.MeterName);
    private readonly CancellationTokenSource _stopping = new();
    private long? _lastBehindTold;
    private int _checked;

    public HealthMonitor(
        ServiceRegistry registry, IProbe probe, IReadOnlyList<IHealthObserver> observers, HealthOptions options, TimeProvider time, ILogger logger)
        : this(registry, probe, observers, options, time, logger, HealthLimits.ListenerCapacity)
    {
    }

    internal HealthMonitor(
        ServiceRegistry registry,
        IProbe probe,
        IReadOnlyList<IHealthObserver> observers,
        HealthOptions options,
        TimeProvider time,
        ILogger logger,
        int listenerCapacity)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, HealthOptions.LeastConcurrency);
        (_registry, _probe, _observers, _time, _logger) = (registry, probe, observers, time, logger);
        _start = time.GetTimestamp();
        _lanes = new CheckLanes(options.Concurrency);
        _read = registry.Events.LastSequence;
        _listener = registry.Events.Listen(listenerCapacity);
        _listener.Wake = Wake;
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _meter.CreateObservableGauge("beacon.health.services", () => Volatile.Read(ref _checked), "{service}", "Services that are checked");
        _meter.CreateObservableGauge("beacon.health.under_way", () => _lanes.UnderWay, "{check}", "Health checks under way");
        _meter.CreateObservableGauge("beacon.health.waiting", () => _lanes.Waiting, "{check}", "Health checks that are due and have not begun");
    }

    /// <summary>The services that are checked now, in no order. For any thread; what comes and goes meanwhile may be in it or not.</summary>
    public IEnumerable<ServiceId> Checked => _services.Select(x => x.Key);

    private long Now => _time.GetElapsedTime(_start).Ticks;

    /// <summary>Checks until cancelled; checks under way are then broken off without a result.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            Step();
            HealthLog.Started(_logger, _services.Count, _lanes.Concurrency);
            while (true)
            {
                await _signal.Reader.ReadAsync(cancellationToken);
                Step();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await _stopping.CancelAsync();
            Forget();
        }
    }

    /// <summary>
    /// The result of a check made now: of the one under way if there is one, of the last if it ended less than a second ago. Null when the
    /// service is unknown or not checked.
    /// </summary>
    public async Task<CheckResult?> CheckNowAsync(ServiceId service, CancellationToken cancellationToken)
    {
        if (!_registry.TryGet(service, out var view) || !IsChecked(view))
        {
            return null;
        }

        var answer = new TaskCompletionSource<Task<CheckResult?>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _requests.Writer.WriteAsync(new CheckRequest(service, answer), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // Beacon stops.
            return null;
        }

        Wake();
        var result = await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return result is null ? null : await result.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _registry.Events.Unlisten(_listener);
        _timer.Dispose();
        _meter.Dispose();
        _stopping.Dispose();
    }

    /// <summary>
    /// Takes in everything that happened, finds out who is due and starts as many checks as there is room for. Called by the loop whenever
    /// something happened; calling it more often does nothing.
    /// </summary>
    internal void Step()
    {
        TakeEvents(Now);
        do
        {
            var now = Now;
            TakeEnds(now);
            TakeRequests(now);
            TakeDue(now);
            HealthMetrics.Preempted.Add(_lanes.MoveSlow(now));
            while (_lanes.Take() is { } service)
            {
                Start(service, now);
            }
        }
        while (!_ends.IsEmpty);

        Volatile.Write(ref _checked, _services.Count);
        SetTimer();
    }

    private void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Nothing scheduled, nothing under way: nothing wakes the machine.</summary>
    private void SetTimer()
    {
        var isIdle = _wheel.Count == 0 && _lanes.UnderWay == 0;
        var wait = TimeSpan.FromTicks(HealthLimits.TickLength.Ticks - (Now % HealthLimits.TickLength.Ticks));

        // Timers count whole milliseconds: rounded down, one would fire before the tick is over, and once more.
        _timer.Change(isIdle ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The loop is over: whoever still waits for a result gets none.</summary>
    private void Forget()
    {
        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out var request))
        {
            request.Answer.TrySetResult(null);
        }

        foreach (var service in _services.Values)
        {
            service.Asked?.TrySetResult(null);
        }
    }
}
