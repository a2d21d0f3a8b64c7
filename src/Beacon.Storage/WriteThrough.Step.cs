using Beacon.Registry.Events;

namespace Beacon.Storage;

/// <summary>The state of the queue and the one method that moves it on; nothing in here waits.</summary>
public sealed partial class WriteThrough
{
    /// <summary>Events taken from the listener at a time.</summary>
    private const int ReadSize = 256;

    private readonly PendingWrites _pending = new();
    private readonly RegistryEvent[] _events = new RegistryEvent[ReadSize];
    private long _read;
    private long _resyncedThrough;
    private long _lost;
    private bool _resync;
    private WriteFlight? _flight;
    private StoreTrouble? _trouble;
    private bool _downTold;
    private long? _notBefore;
    private DateTimeOffset? _goodSince;

    /// <summary>
    /// Takes in what happened, settles what the store answered, and gives the store its next piece of work. Called by the loop whenever
    /// something happened (an event, an answer, a due time); calling it more often does nothing.
    /// </summary>
    internal void Step()
    {
        var now = _time.GetTimestamp();
        TakeIn(now);
        Settle(now);
        if (_flight is null && !IsBefore(_notBefore, now))
        {
            Start(now);
        }

        ReleaseWaiters();
        TellTrouble(now);
        SetTimer(now);
        Show();
    }

    private void TakeIn(long now)
    {
        int count;
        while ((count = _listener.Read(_events)) > 0)
        {
            foreach (ref readonly var change in _events.AsSpan(0, count))
            {
                if (change.Sequence != _read + 1)
                {
                    NeedResync("events were lost");
                }

                _read = change.Sequence;
                _pending.Add(change, now);
            }

            Array.Clear(_events, 0, count);
        }

        if (_listener.Lost != _lost)
        {
            _lost = _listener.Lost;
            NeedResync("its queue overflowed");
        }

        if (_pending.Tombstones > StorageLimits.MaxTombstones)
        {
            NeedResync("too many removals wait for the store");
            _pending.Clear();
        }
    }

    private void Settle(long now)
    {
        if (_flight is not { Outcome.IsCompleted: true } flight)
        {
            return;
        }

        _flight = null;
        StorageMetrics.Duration.Record(_time.GetElapsedTime(flight.StartedAt, now).TotalSeconds);
        if (flight.Outcome.IsCompletedSuccessfully)
        {
            Succeeded(flight, now);
        }
        else
        {
            Failed(flight, now);
        }
    }

    private void Succeeded(WriteFlight flight, long now)
    {
        StorageMetrics.Batches.Add(1);
        StorageMetrics.Writes.Add(flight.Batch?.Writes.Count ?? 0);
        _waiters.Complete(flight.Outcome.Result);
        if (flight.Batch is null)
        {
            _resyncedThrough = flight.Outcome.Result;
        }

        _notBefore = null;
        if (_trouble is { } trouble)
        {
            StorageLog.StoreRecovered(_logger, _time.GetElapsedTime(trouble.StartedAt, now), trouble.Failures);
            _goodSince = _time.GetUtcNow();
            _trouble = null;
            _downTold = false;
        }
    }

    private void Failed(WriteFlight flight, long now)
    {
        StorageMetrics.Failures.Add(1);
        var error = flight.Outcome.Exception?.GetBaseException().Message ?? "the write was cancelled";
        _trouble = new StoreTrouble(_trouble?.StartedAt ?? flight.StartedAt, (_trouble?.Failures ?? 0) + 1, error);
        if (flight.Batch is { } batch)
        {
            _pending.Return(batch, now);
        }
        else
        {
            _resync = true;
        }

        var delay = Retry.Delay(_trouble.Failures, Random.Shared.NextDouble());
        _notBefore = now + ToTimestamp(delay);
        if (_trouble.Failures == 1)
        {
            StorageLog.WriteFailed(_logger, _pending.Count, delay, error);
        }
        else
        {
            StorageLog.WriteFailedAgain(_logger, _trouble.Failures, delay, error);
        }

        // While the store is down nobody needs to wait longer than for one fresh attempt.
        if (_time.GetElapsedTime(_trouble.StartedAt, now) >= StorageLimits.WaitLimit)
        {
            _waiters.Fault(flight.Covers, () => Unavailable(error));
        }
    }

    private void Start(long now)
    {
        if (_resync)
        {
            // The snapshot will hold all of it and more.
            _pending.Clear();
            _resync = false;
            Fly(null, ResyncAsync(), now);
            return;
        }

        if (_read < _resyncedThrough)
        {
            // Events that the snapshot included are still on their way; a batch made now could put a service back behind it.
            return;
        }

        var renewalsAreDue = _drain is not null || _pending.HasManyRenewals || !IsBefore(RenewalsDueAt(), now);
        if (_pending.Take(renewalsAreDue) is { } batch)
        {
            Fly(batch, ApplyAsync(batch, _read), now);
        }
    }

    private void Fly(WriteBatch? batch, Task<long> outcome, long now)
    {
        _flight = new WriteFlight(batch, outcome, _read, now);
        outcome.ContinueWith(_ => _signal.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<long> ApplyAsync(WriteBatch batch, long through)
    {
        // Not cancellable: a batch given up half-way would leave open whether it is stored.
        await _store.ApplyAsync(batch.Writes, CancellationToken.None);
        return through;
    }

    private void ReleaseWaiters()
    {
        var level = _flight?.Batch is { OldestAt: null } || _flight is null;
        if (level && !_pending.HasPrompt && !_resync)
        {
            _waiters.Complete(_read);
        }

        if (_drain is { } drain && _flight is null && _pending.Count == 0 && !_resync && _read >= drain.Sequence)
        {
            // Room for the next one first: whoever waits for this one to end looks there at once.
            Interlocked.CompareExchange(ref _drain, null, drain);
            drain.Done.TrySetResult();
        }
    }

    private void TellTrouble(long now)
    {
        if (_flight is { SlowTold: false } flight && _time.GetElapsedTime(flight.StartedAt, now) >= StorageLimits.WaitLimit)
        {
            flight.SlowTold = true;
            StorageLog.StoreSlow(_logger, _time.GetElapsedTime(flight.StartedAt, now));
        }

        if (_trouble is { } trouble && !_downTold && _time.GetElapsedTime(trouble.StartedAt, now) >= StorageLimits.WaitLimit)
        {
            _downTold = true;
            StorageLog.StoreDown(_logger, _pending.Count, trouble.Error);
        }
    }

    private void SetTimer(long now)
    {
        var due = _flight switch
        {
            { SlowTold: false } flight => flight.StartedAt + ToTimestamp(StorageLimits.WaitLimit),
            not null => null,
            null when IsBefore(_notBefore, now) => _notBefore,
            null => RenewalsDueAt(),
        };

        // Half a tick early would find nothing due and set the timer again: round up.
        var wait = due is { } at
            ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(_time.GetElapsedTime(now, at).TotalMilliseconds)))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Show()
    {
        var inFlight = _flight?.Batch;
        var oldest = inFlight?.OldestAt ?? (_flight is { Batch: null } resync ? resync.StartedAt : _pending.OldestPromptAt);
        var progress = new WriteProgress(
            _pending.Count + (inFlight?.Writes.Count ?? 0),
            oldest,
            _trouble,
            _goodSince ?? _progress.GoodSince);
        if (progress != _progress)
        {
            _progress = progress;
        }
    }

    private void NeedResync(string reason)
    {
        if (!_resync)
        {
            _resync = true;
            StorageLog.ResyncNeeded(_logger, reason);
        }
    }

    private long? RenewalsDueAt() => _pending.OldestRenewalAt is { } at ? at + ToTimestamp(StorageLimits.RenewalInterval) : null;

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private static bool IsBefore(long? due, long now) => due is { } at && now < at;
}
