using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>The state of the exchange and the one method that moves it on; nothing in here waits.</summary>
public sealed partial class ReplicatedStore
{
    private const string SlowAnswer = "the database answers slowly";

    private readonly HashSet<ServiceId> _toClear = [];
    private readonly Dictionary<ServiceId, string> _refused = [];
    private ReplicaFlight? _flight;
    private StoreTrouble? _trouble;
    private ReplicationState _told = ReplicationState.Healthy;
    private DateTimeOffset _goodSince;
    private bool _catchingUp;
    private bool _needsContact = true;
    private bool _hasMet;
    private int _fruitless;
    private long? _notBefore;
    private long? _nextCheck;
    private long? _quietSince;
    private TimeSpan _lastDuration;

    /// <summary>
    /// Settles what the database answered and gives it its next piece of work. Called by the loop whenever something happened (a change,
    /// an answer, a due time); calling it more often does nothing.
    /// </summary>
    internal void Step()
    {
        ReplicationStatus? changed;
        List<SharedService> offered;
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            Settle(now);
            if (_flight is null && !IsBefore(_notBefore, now))
            {
                Start(now);
            }

            Recover(now);
            ReleaseWaiters(now);
            changed = TellState(now);
            SetTimer(now);
            offered = _offered;
            _offered = [];
        }

        // Outside the lock: both call into others.
        if (offered.Count > 0)
        {
            Offer(offered);
        }

        if (changed is { } status)
        {
            StateChanged?.Invoke(status);
        }
    }

    private void Settle(long now)
    {
        if (_flight is not { Outcome.IsCompleted: true } flight)
        {
            return;
        }

        _flight = null;
        ReplicationMetrics.Duration.Record(_time.GetElapsedTime(flight.StartedAt, now).TotalSeconds);
        if (!flight.Outcome.IsCompletedSuccessfully)
        {
            Failed(flight, now);
            return;
        }

        _notBefore = null;
        switch (flight)
        {
            case ReplicaFlight.Sending sending:
                Sent(sending, now);
                break;
            case ReplicaFlight.Comparing comparing:
                Compared(comparing, now);
                break;
        }

        if (_trouble is { } trouble)
        {
            if (trouble.Failures > 0)
            {
                ReplicationLog.Back(_logger, _time.GetElapsedTime(trouble.StartedAt, now), trouble.Failures, _queue.Count);
            }

            _trouble = null;
            _catchingUp = true;
            _quietSince = null;
            _goodSince = _time.GetUtcNow();
        }
    }

    private void Sent(ReplicaFlight.Sending sending, long now)
    {
        ReplicationMetrics.Batches.Add(1);
        _lastDuration = _time.GetElapsedTime(sending.StartedAt, now);
        var again = new List<Dispatch>();
        int stored = 0, vanished = 0, foreign = 0;
        for (var at = 0; at < sending.Batch.Count; at++)
        {
            var dispatch = sending.Batch[at];
            var (replica, result) = (dispatch.Replica, sending.Results.Result[at]);
            switch (result.Outcome)
            {
                case SharedOutcome.Stored:
                    stored++;
                    replica.Stored = dispatch.Write.Revision;
                    _acknowledged[replica.Id] = dispatch.Write.Revision;
                    _refused.Remove(replica.Id);
                    continue;
                case SharedOutcome.Conflict:
                    ReplicationMetrics.Conflicts.Add(1);
                    foreign += result.IsForeign ? 1 : 0;
                    Rebase(replica, result.Revision);
                    break;
                case SharedOutcome.Missing:
                    vanished += dispatch.Write.Seen > 0 ? 1 : 0;
                    replica.Stored = 0;
                    break;
                case SharedOutcome.IdentityHeld:
                    _toClear.Add(result.Holder!.Value);
                    break;
                default:
                    Refused(replica, result.Error ?? "no reason given");
                    continue;
            }

            again.Add(dispatch);
        }

        _queue.Return(again, isWhole: true);
        ReplicationMetrics.Writes.Add(stored);
        TellOddities(vanished, foreign);
        _fruitless = stored > 0 || again.Count == 0 ? 0 : _fruitless + 1;
        if (_fruitless >= ReplicationLimits.MaxFruitless)
        {
            // Somebody else writes the same services as fast as we do: no use in hurrying.
            _notBefore = now + ToTimestamp(Retry.Delay(_fruitless, Random.Shared.NextDouble()));
        }
    }

    /// <summary>One service must not hold up the others: it waits for its next change, or the next comparison.</summary>
    private void Refused(Replica replica, string error)
    {
        if (!_refused.ContainsKey(replica.Id))
        {
            ReplicationLog.Refused(_logger, replica.Id.ToString(), error);
        }

        _refused[replica.Id] = error;
    }

    private void Failed(ReplicaFlight flight, long now)
    {
        ReplicationMetrics.Failures.Add(1);
        _needsContact = true;
        switch (flight)
        {
            case ReplicaFlight.Sending sending:
                _queue.Return(sending.Batch, isWhole: false);
                break;
            case ReplicaFlight.Clearing clearing:
                _toClear.UnionWith(clearing.Names);
                break;
        }

        Trouble(flight.StartedAt, now, Reason(flight.Outcome));
    }

    private void Trouble(long startedAt, long now, string error)
    {
        // "Slow" has no failures: the first one is told like any first.
        _trouble = new StoreTrouble(_trouble?.StartedAt ?? startedAt, (_trouble?.Failures ?? 0) + 1, error);
        var delay = Retry.Delay(_trouble.Failures, Random.Shared.NextDouble());
        _notBefore = now + ToTimestamp(delay);
        if (_trouble.Failures == 1)
        {
            ReplicationLog.Failed(_logger, _queue.Count, delay, error);
        }
        else
        {
            ReplicationLog.FailedAgain(_logger, _trouble.Failures, delay, error);
        }
    }

    private void NoteSlow(long now)
    {
        if (_trouble is null && _waiters.Count > 0)
        {
            ReplicationLog.Slow(_logger, ReplicationLimits.AnswerLimit);
            _trouble = new StoreTrouble(now, 0, SlowAnswer);
        }
    }

    private void Start(long now)
    {
        if (_needsContact || (_nextCheck is { } due && !IsBefore(due, now) && _queue.Count == 0))
        {
            var isContact = _needsContact;
            _needsContact = false;
            Fly(new ReplicaFlight.Comparing(isContact, LimitAsync(ReplicationLimits.ContactLimit, x => CompareAsync(isContact, x)), now));
        }
        else if (_toClear.Count > 0)
        {
            StartClearing(now);
        }
        else if (_queue.Count > 0)
        {
            var batch = _queue.Take(ReplicationLimits.MaxBatch);
            List<SharedWrite> writes = [.. batch.Select(x => x.Write)];
            Fly(new ReplicaFlight.Sending(batch, LimitAsync(ReplicationLimits.FlightLimit, x => _shared.ApplyAsync(writes, x)), now));
        }
    }

    private void StartClearing(long now)
    {
        List<ServiceId> names = [.. _toClear];
        _toClear.Clear();

        // Of what is known here, removals included, the write that settles it follows.
        var parked = names.Where(_replicas.ContainsKey).ToList();
        foreach (var id in parked)
        {
            _queue.Add(_replicas[id], isLeaseOnly: false, _ticket, now);
        }

        var task = LimitAsync(ReplicationLimits.FlightLimit, async cancellation =>
        {
            foreach (var id in names)
            {
                if (parked.Contains(id))
                {
                    await _shared.ParkAsync(id, cancellation);
                }
                else
                {
                    ReplicationLog.SetAside(_logger, id.ToString(), "another service");
                    await _shared.SetAsideAsync(id, "a service registered with Beacon has its name, host and port", cancellation);
                }
            }

            return names.Count;
        });
        Fly(new ReplicaFlight.Clearing(names, task, now));
    }

    private void Fly(ReplicaFlight flight)
    {
        _flight = flight;
        flight.Outcome.ContinueWith(_ => _signal.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The work, cut off after its limit. A partner that cannot even be cancelled is left behind.</summary>
    private async Task<T> LimitAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work)
    {
        using var clock = new CancellationTokenSource(limit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, _disposed.Token);
        try
        {
            return await work(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {limit.TotalSeconds:0} s");
        }
    }

    /// <summary>A database that was in trouble is well again when it has everything and shows that it keeps up.</summary>
    private void Recover(long now)
    {
        if (!_catchingUp || _trouble is not null)
        {
            return;
        }

        if (_queue.Count > 0 || _flight is not null)
        {
            _quietSince = null;
            return;
        }

        _quietSince ??= now;
        if (_lastDuration < ReplicationLimits.AnswerLimit / 2 || _time.GetElapsedTime(_quietSince.Value, now) >= ReplicationLimits.QuietRecovery)
        {
            _catchingUp = false;
            ReplicationLog.Level(_logger);
        }
    }

    private void ReleaseWaiters(long now)
    {
        var isHealthy = StateAt(now) == ReplicationState.Healthy;
        var oldest = (_flight as ReplicaFlight.Sending)?.Batch[0].Ticket ?? _queue.First?.Ticket ?? long.MaxValue;
        for (var at = _waiters.Count - 1; at >= 0; at--)
        {
            if (!isHealthy || _waiters[at].Ticket < oldest)
            {
                _waiters[at].Done.TrySetResult();
                _waiters.RemoveAt(at);
            }
        }
    }

    private ReplicationStatus? TellState(long now)
    {
        var state = StateAt(now);
        if (state == _told)
        {
            return null;
        }

        _told = state;
        if (state == ReplicationState.Down)
        {
            ReplicationLog.Down(_logger, _time.GetElapsedTime(_trouble!.StartedAt, now), _queue.Count, _trouble.Error);
        }

        return StatusAt(now);
    }

    private void SetTimer(long now)
    {
        long? due = null;
        if (_flight is null)
        {
            due = IsBefore(_notBefore, now) ? _notBefore : _catchingUp && _quietSince is { } quiet
                ? quiet + ToTimestamp(ReplicationLimits.QuietRecovery)
                : _nextCheck;
        }

        // The state becomes Down by itself.
        if (_trouble is { } trouble && _told != ReplicationState.Down)
        {
            var down = trouble.StartedAt + ToTimestamp(ReplicationLimits.DownAfter);
            due = due is { } other && other < down ? other : down;
        }

        // Half a tick early would find nothing due and set the timer again: round up.
        var wait = due is { } at
            ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(_time.GetElapsedTime(now, at).TotalMilliseconds)))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private ReplicationState StateAt(long now) => _trouble is { } trouble
        ? _time.GetElapsedTime(trouble.StartedAt, now) >= ReplicationLimits.DownAfter ? ReplicationState.Down : ReplicationState.Behind
        : _catchingUp ? ReplicationState.Draining : ReplicationState.Healthy;

    private ReplicationStatus StatusAt(long now)
    {
        var sending = _flight as ReplicaFlight.Sending;
        var oldest = sending?.Batch[0].QueuedAt ?? _queue.First?.QueuedAt;
        return new ReplicationStatus(
            StateAt(now),
            _trouble is { } trouble ? _time.GetUtcNow() - _time.GetElapsedTime(trouble.StartedAt, now) : _goodSince,
            _trouble?.Error ?? _refused.Values.FirstOrDefault(),
            _queue.Count + _refused.Count + (sending?.Batch.Count(x => x.Replica.Place is null) ?? 0),
            oldest is { } at ? _time.GetElapsedTime(at, now) : TimeSpan.Zero,
            _hasMet);
    }

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private static string Reason(Task outcome) => outcome.Exception?.GetBaseException().Message ?? "it was cancelled";

    private static bool IsBefore(long? due, long now) => due is { } at && now < at;
}
