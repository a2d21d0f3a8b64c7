using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Replication;

/// <summary>
/// A shared database with a spool in front. Each change goes to both at once; it is answered when both have it, and when the database
/// fails or is slow as soon as the spool has it. What the database missed is sent on, newest state per service, in the order of first
/// changes; what only the database knew is handed over.
/// </summary>
/// <remarks>
/// <see cref="ApplyAsync"/> and <see cref="Status"/> may be used by any thread; one loop, <see cref="RunAsync"/>, talks to the database.
/// Call <see cref="OpenAsync"/> before everything else.
/// </remarks>
public sealed partial class ReplicatedStore : IServiceStore, IDisposable
{
    private readonly ISpool _spool;
    private readonly ISharedServiceStore _shared;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _signal = new();
    private readonly ITimer _timer;
    private readonly Dictionary<ServiceId, Replica> _replicas = [];
    private readonly SendQueue _queue = new();
    private readonly List<(long Ticket, TaskCompletionSource Done)> _waiters = [];
    private readonly CancellationTokenSource _disposed = new();
    private Dictionary<ServiceId, long> _acknowledged = [];
    private long _ticket;
    private bool _startedEmpty;

    public ReplicatedStore(ISpool spool, ISharedServiceStore shared, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(spool);
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(time);
        _spool = spool;
        _shared = shared;
        _time = time;
        _logger = logger;
        _goodSince = time.GetUtcNow();
        _timer = time.CreateTimer(_ => _signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Gets services that only the database knew, once the program runs; returns those that cannot be had because another one of that
    /// name, host and port is registered. Set before <see cref="RunAsync"/>; called by its loop.
    /// </summary>
    public Func<IReadOnlyList<ServiceView>, Adoption>? Adopt { get; set; }

    /// <summary>Called by the loop after the state changed. Must not block.</summary>
    public Action<ReplicationStatus>? StateChanged { get; set; }

    public ReplicationStatus Status
    {
        get
        {
            lock (_gate)
            {
                return StatusAt(_time.GetTimestamp());
            }
        }
    }

    /// <summary>
    /// The spool was empty at the start and the database was never reached: that no services are known says nothing about whether there are any.
    /// </summary>
    public bool IsBlind => _startedEmpty && !Volatile.Read(ref _hasMet);

    /// <summary>Lowers the pace at which a database that is away is asked; for tests that cannot wait.</summary>
    internal RetryPolicy Retry { get; init; } = new() { First = TimeSpan.FromMilliseconds(100), Most = TimeSpan.FromSeconds(5) };

    /// <summary>
    /// Reads the spool, then the database if it answers in time. Without it what is in the spool is served, and the rest comes when it is there.
    /// </summary>
    /// <param name="limit">How long to wait for the database when the spool knows of no services.</param>
    /// <exception cref="StoreUnavailableException">The spool cannot be read.</exception>
    public async Task OpenAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var entries = await _spool.LoadAsync(cancellationToken);
        lock (_gate)
        {
            Fill(entries);
            _startedEmpty = entries.Count == 0;
        }

        // Who knows its services serves them; those that only the database knows can come later.
        if (entries.Any(x => x.State is not null) && limit > ReplicationLimits.KnownStartLimit)
        {
            limit = ReplicationLimits.KnownStartLimit;
        }

        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var clock = new CancellationTokenSource(limit, _time);
        using var late = clock.Token.Register(given.Cancel);
        try
        {
            // Not only cancelled but left: name resolution, for one, does not stop when told to.
            var found = await CompareAsync(isContact: true, given.Token).WaitAsync(given.Token);
            List<SpoolWrite> adopted;
            lock (_gate)
            {
                adopted = SettleOpening(found);
            }

            await _spool.ApplyAsync(adopted, [], cancellationToken);
        }
        catch (Exception error) when (error is not StoreUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            lock (_gate)
            {
                var reason = error is OperationCanceledException ? $"no answer within {limit.TotalSeconds:0.#} s" : error.Message;
                ReplicationLog.StartedWithout(_logger, entries.Count(x => x.State is not null), reason);
                _trouble = new StoreTrouble(_time.GetTimestamp(), 1, reason);
            }
        }
    }

    /// <summary>What the spool holds: everything that was ever handed over and not removed.</summary>
    public async Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) =>
        [.. (await _spool.LoadAsync(cancellationToken)).Select(x => x.State).OfType<ServiceView>()];

    public async Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var startedAt = _time.GetTimestamp();
        var writes = new List<SpoolWrite>(batch.Count);
        Dictionary<ServiceId, long> acknowledged;
        TaskCompletionSource? answered = null;
        lock (_gate)
        {
            _ticket++;
            foreach (var write in batch)
            {
                Take(write, startedAt, writes);
            }

            (acknowledged, _acknowledged) = (_acknowledged, []);
            if (writes.Count > 0 && StateAt(startedAt) == ReplicationState.Healthy)
            {
                answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiters.Add((_ticket, answered));
            }
        }

        // The database gets it at the same time; what is answered is in both.
        _signal.Set();
        await SpoolAsync(writes, acknowledged, cancellationToken);
        if (answered is not null)
        {
            await WaitAsync(answered, startedAt, cancellationToken);
        }
    }

    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _shared.PingAsync(cancellationToken);

    /// <summary>Talks to the database until cancelled. What is not sent then is in the spool.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Step();
                await _signal.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await RememberAsync();
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _disposed.Dispose();
    }

    /// <summary>What the database has need not be sent again at the next start.</summary>
    private async Task RememberAsync()
    {
        Dictionary<ServiceId, long> acknowledged;
        lock (_gate)
        {
            (acknowledged, _acknowledged) = (_acknowledged, []);
        }

        if (acknowledged.Count > 0)
        {
            await SpoolAsync([], acknowledged, CancellationToken.None);
        }
    }

    private async Task SpoolAsync(
        List<SpoolWrite> writes, Dictionary<ServiceId, long> acknowledged, CancellationToken cancellationToken)
    {
        try
        {
            await _spool.ApplyAsync(writes, [.. acknowledged.Select(x => new SpoolAcknowledgement(x.Key, x.Value))], cancellationToken);
        }
        catch
        {
            lock (_gate)
            {
                foreach (var (id, revision) in acknowledged)
                {
                    _acknowledged.TryAdd(id, revision);
                }
            }

            throw;
        }
    }

    private async Task WaitAsync(TaskCompletionSource answered, long startedAt, CancellationToken cancellationToken)
    {
        var left = ReplicationLimits.AnswerLimit - _time.GetElapsedTime(startedAt);
        try
        {
            await answered.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                NoteSlow(_time.GetTimestamp());
            }

            _signal.Set();
        }
    }

    private void Take(in ServiceWrite write, long now, List<SpoolWrite> writes)
    {
        var isKnown = _replicas.TryGetValue(write.Id, out var replica);
        if (write.State is null || !write.LeaseOnly)
        {
            replica ??= _replicas[write.Id] = new Replica(write.Id);
        }
        else if (!isKnown || replica!.State is null)
        {
            // A late heartbeat does not bring a removed service back.
            return;
        }

        if (write.State is null)
        {
            replica!.State = null;
            replica.RemovedAt = _time.GetUtcNow();
            _tombstones.Enqueue(replica);
        }
        else
        {
            replica!.State = write.LeaseOnly ? replica.State!.Value with { Lease = write.State.Value.Lease } : write.State;
        }

        replica.Revision = Math.Max(replica.Revision, replica.Stored) + 1;
        _queue.Add(replica, write.LeaseOnly, _ticket, now);
        writes.Add(new SpoolWrite(write, replica.Revision, replica.Stored));
    }

    private void Fill(IReadOnlyList<SpoolEntry> entries)
    {
        var now = _time.GetTimestamp();
        foreach (var entry in entries)
        {
            var replica = new Replica(entry.Id)
            {
                State = entry.State,
                Revision = entry.Revision,
                Stored = entry.Stored,
                RemovedAt = entry.RemovedAt ?? default,
            };
            _replicas[entry.Id] = replica;
            if (entry.State is null)
            {
                _tombstones.Enqueue(replica);
            }

            if (entry.Revision > entry.Stored)
            {
                _queue.Add(replica, isLeaseOnly: false, _ticket, now);
            }
        }
    }
}
