using System.Threading.Channels;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.History;

/// <summary>
/// Remembers every check: notes it in a bounded queue, writes what is new once a minute, makes chunks of each hour that is over, and answers
/// what was. See docs/health-history.md.
/// </summary>
public sealed class HealthHistory : IHealthObserver, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IHealthHistoryStore _store;
    private readonly HistoryMemory _memory = new();
    private readonly HistoryKeeper _keeper;
    private readonly HistoryReader _reader;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Channel<HealthObservation> _queue;
    private readonly Lock _taking = new();
    private long _dropped;
    private long _droppedTold;
    private bool _isFailing;
    private volatile bool _isLoaded;

    public HealthHistory(
        IHealthHistoryStore store, HealthHistoryOptions options, Func<ServiceId, ServicePresence> presence, TimeProvider time, ILogger logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        var books = new ChunkBooks(store, logger);
        _keeper = new HistoryKeeper(store, books, _memory, options, presence, time, logger);
        _reader = new HistoryReader(store, books, _memory, time);
        _queue = Channel.CreateBounded<HealthObservation>(
            new BoundedChannelOptions(HistoryLimits.QueueCapacity) { FullMode = BoundedChannelFullMode.DropWrite }, _ => Drop(1));
    }

    /// <summary>Results left out since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Services with a history.</summary>
    public int Services => _memory.Series;

    /// <summary>Whole hours since 1970: chunks of it and of all before are made. Null: not known yet.</summary>
    public long? LastFinishedHour => _keeper.LastFinishedHour;

    public int OpenIncidents => _memory.OpenIncidents;

    /// <summary>Share of passed checks of all services over the last 24 hours; null while there was none.</summary>
    public double? Uptime
    {
        get
        {
            Take();
            return _memory.Uptime(Clock.Hour(_time.GetUtcNow()));
        }
    }

    /// <summary>When the queue is full the newest result is dropped and counted: what is known stays in order.</summary>
    public void Observe(in HealthObservation observation) => _queue.Writer.TryWrite(observation);

    /// <summary>Milliseconds a service takes to answer lately; null when it has not answered in this run.</summary>
    public double? MeanResponse(ServiceId id) => _memory.MeanResponse(id);

    /// <summary>Until cancelled. What is not written then is by <see cref="FlushAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HistoryLimits.Pace, _time);
        var flushed = _time.GetTimestamp();
        await StepAsync(isFlush: false, cancellationToken);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var isFlush = _time.GetElapsedTime(flushed) >= HistoryLimits.FlushInterval;
            await StepAsync(isFlush, cancellationToken);
            flushed = isFlush ? _time.GetTimestamp() : flushed;
        }
    }

    /// <summary>Writes everything that is not written yet. For a stop.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => StepAsync(isFlush: true, cancellationToken);

    /// <summary>For tests: what the loop does every <see cref="HistoryLimits.Pace"/>.</summary>
    internal Task StepAsync(CancellationToken cancellationToken) => StepAsync(isFlush: false, cancellationToken);

    /// <summary>What was of one service. One without checks has an empty history.</summary>
    public async Task<ServiceHistory> ReadAsync(ServiceId id, HistoryWindow window, CancellationToken cancellationToken)
    {
        await LoadedAsync(cancellationToken);
        await StepAsync(isFlush: true, cancellationToken, onlyIncidents: true);
        return await _reader.ReadAsync(id, window, cancellationToken);
    }

    /// <summary>The days of many services. Those without checks are left out.</summary>
    public async Task<IReadOnlyDictionary<ServiceId, DailyUptime>> ReadDaysAsync(IReadOnlyList<ServiceId> services, CancellationToken cancellationToken)
    {
        await LoadedAsync(cancellationToken);
        Take();
        return await _reader.ReadDaysAsync(services, cancellationToken);
    }

    /// <summary>Those the store knows, and those it has not heard of yet.</summary>
    public async Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        // An incident is told of the moment it begins: whoever is called by an alarm looks here first.
        await LoadedAsync(cancellationToken);
        await StepAsync(isFlush: true, cancellationToken, onlyIncidents: true);
        return await _store.ReadIncidentsAsync(query, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    internal HistoryMemory Memory => _memory;

    private async Task StepAsync(bool isFlush, CancellationToken cancellationToken, bool onlyIncidents = false)
    {
        if (onlyIncidents)
        {
            Take();
            if (!_memory.HasUnwrittenIncidents)
            {
                return;
            }
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_isLoaded)
            {
                await LoadAsync(cancellationToken);
            }

            Take();
            await _keeper.StepAsync(isFlush, onlyIncidents, cancellationToken);
            if (_isFailing)
            {
                _isFailing = false;
                HistoryLog.Recovered(_logger);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            HistoryMetrics.Failures.Add(1);
            if (!_isFailing)
            {
                _isFailing = true;
                HistoryLog.WriteFailed(_logger, error.Message);
            }

            if (onlyIncidents)
            {
                throw;
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Before it nothing can be told: "no history" would be a lie.</summary>
    private async Task LoadedAsync(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            await StepAsync(isFlush: false, cancellationToken);
        }

        if (!_isLoaded)
        {
            throw new Storage.StoreUnavailableException("The history cannot be read; try again");
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var contents = await _store.LoadAsync(cancellationToken);
        if (_memory.Load(contents) is > 0 and var damaged)
        {
            HistoryLog.JournalDamaged(_logger, damaged);
        }

        _keeper.Load(contents.Marks);
        _isLoaded = true;
        await _keeper.LoadUptimeAsync(cancellationToken);
    }

    /// <summary>Moves the queue into memory. Nothing before the start is read: numbers of series must not be given twice.</summary>
    private void Take()
    {
        if (!_isLoaded)
        {
            return;
        }

        // One at a time, or results of one service could change places.
        lock (_taking)
        {
            while (_queue.Reader.TryRead(out var observation))
            {
                HistoryMetrics.Results.Add(1);
                if (_memory.Take(observation) is > 0 and var dropped)
                {
                    Drop(dropped);
                }
            }
        }

        var all = Dropped;
        if (all != Interlocked.Exchange(ref _droppedTold, all))
        {
            HistoryLog.ResultsDropped(_logger, all);
        }
    }

    private void Drop(long count)
    {
        Interlocked.Add(ref _dropped, count);
        HistoryMetrics.Dropped.Add(count);
    }
}
