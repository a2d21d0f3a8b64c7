using Beacon.Registry.Events;
using Beacon.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Events;

/// <summary>
/// What happened, kept: takes changes from a bounded queue of its own, writes them in batches, throws the old ones away and answers what was.
/// Nobody who changes something waits for it. See docs/events.md.
/// </summary>
/// <remarks>Any thread may call anything. Whoever writes holds <see cref="_writing"/>, whoever takes changes in holds <see cref="_taking"/>.</remarks>
public sealed class EventLog : IDisposable
{
    /// <summary>Changes read from the queue at a time.</summary>
    private const int Batch = 256;

    private readonly IEventStore _store;
    private readonly EventHub _hub;
    private readonly EventLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventListener _listener;
    private readonly Lock _taking = new();
    private readonly RegistryEvent[] _batch = new RegistryEvent[Batch];
    private readonly List<EventEntry> _waiting = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly long _startedAt;
    private long _lost;
    private long _dropped;
    private long _droppedTold;
    private long _trimmedAt;
    private long? _lastId;
    private bool _hasMoreToTrim;
    private bool _isFailing;

    public EventLog(IEventStore store, EventHub hub, EventLogOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(time);
        (_store, _hub, _options, _time, _logger) = (store, hub, options, time, logger);
        _startedAt = _trimmedAt = time.GetTimestamp();

        // Not woken: events wait for the next write anyway, and the registry is spared a signal.
        _listener = hub.Listen(EventLimits.QueueCapacity, EventEntries.Unwanted);
    }

    /// <summary>Events left out since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Notes what is no change of the registry. Waits for nothing.</summary>
    /// <param name="source">Address of whoever caused it, if anybody did.</param>
    public void Record(EventKind kind, string? detail = null, string? source = null)
    {
        lock (_taking)
        {
            // First what came before it.
            TakeIn();
            Add(EventEntries.Make(kind, _time.GetUtcNow(), detail) with { Source = source });
        }
    }

    /// <summary>Until cancelled. What is not written then is by <see cref="FlushAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(EventLimits.FlushInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Writes everything that is not written yet, and throws away what is too old. What the store refuses is kept and tried again. Throws only
    /// when cancelled.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await StepAsync(cancellationToken);
            if (_isFailing)
            {
                _isFailing = false;
                EventLogMessages.Recovered(_logger);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Asked for again: a write that took effect and failed all the same must not leave a number that is taken for good.
            _lastId = null;
            EventMetrics.Failures.Add(1);
            if (!_isFailing)
            {
                _isFailing = true;
                EventLogMessages.WriteFailed(_logger, error.Message);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Everything that had happened when it was asked is in the answer, and written: an id once shown is not given to something else after a
    /// kill. While the store refuses writes the answer is what it has.
    /// </summary>
    public async Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        if (HasNews())
        {
            await FlushAsync(cancellationToken);
        }

        return await _store.ReadAsync(query, cancellationToken);
    }

    public void Dispose()
    {
        _hub.Unlisten(_listener);
        _writing.Dispose();
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        var hasWritten = false;
        _lastId ??= await _store.LastIdAsync(cancellationToken);
        while (NextPortion(_lastId.Value) is { Count: > 0 } portion)
        {
            await _store.WriteAsync(portion, cancellationToken);
            _lastId = portion[^1].Id;
            Written(portion.Count);
            hasWritten = true;
        }

        if (hasWritten || _hasMoreToTrim || _time.GetElapsedTime(_trimmedAt) >= EventLimits.TrimInterval)
        {
            _trimmedAt = _time.GetTimestamp();
            _hasMoreToTrim = await TrimAsync(_lastId.Value - _options.MaxEntries, cancellationToken);
        }
    }

    /// <returns>There may be more.</returns>
    private async Task<bool> TrimAsync(long through, CancellationToken cancellationToken)
    {
        DateTimeOffset? before = _time.GetElapsedTime(_startedAt) < EventLimits.ClockTrust
            ? null
            : _time.GetUtcNow() - TimeSpan.FromDays(_options.Days);
        for (var i = 0; i < EventLimits.TrimPortions; i++)
        {
            if (await _store.TrimAsync(before, through, EventLimits.Portion, cancellationToken) < EventLimits.Portion)
            {
                return false;
            }
        }

        return true;
    }

    private bool HasNews()
    {
        lock (_taking)
        {
            TakeIn();
            return _waiting.Count > 0;
        }
    }

    /// <summary>The oldest that are not written, with their numbers. They stay until the store has them.</summary>
    private List<EventEntry> NextPortion(long lastId)
    {
        List<EventEntry> portion;
        lock (_taking)
        {
            TakeIn();
            portion = _waiting.GetRange(0, Math.Min(_waiting.Count, EventLimits.Portion));
        }

        for (var i = 0; i < portion.Count; i++)
        {
            portion[i] = portion[i] with { Id = lastId + 1 + i };
        }

        TellDropped();
        return portion;
    }

    private void Written(int count)
    {
        EventMetrics.Recorded.Add(count);
        lock (_taking)
        {
            _waiting.RemoveRange(0, count);
        }
    }

    /// <summary>Moves the queue into memory.</summary>
    private void TakeIn()
    {
        int count;
        while ((count = _listener.Read(_batch)) > 0)
        {
            foreach (ref readonly var change in _batch.AsSpan(0, count))
            {
                if (EventEntries.Of(change) is { } entry)
                {
                    Add(entry);
                }
            }

            Array.Clear(_batch, 0, count);
        }

        Drop(_listener.Lost - _lost);
        _lost = _listener.Lost;
    }

    private void Add(EventEntry entry)
    {
        if (_waiting.Count < EventLimits.MaxWaiting)
        {
            _waiting.Add(entry);
        }
        else
        {
            Drop(1);
        }
    }

    private void Drop(long count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _dropped, count);
            EventMetrics.Dropped.Add(count);
        }
    }

    private void TellDropped()
    {
        var all = Dropped;
        if (all != Interlocked.Exchange(ref _droppedTold, all))
        {
            EventLogMessages.Dropped(_logger, all);
        }
    }
}
