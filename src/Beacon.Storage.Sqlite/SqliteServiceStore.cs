using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Beacon.Storage.Sqlite.Interop;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

/// <summary>Tables <c>services</c> and <c>leases</c>.</summary>
internal sealed class SqliteServiceStore(
    SqliteConnection connection,
    SqliteTransactions transactions,
    SqliteWorker worker,
    TimeProvider time,
    ILogger logger) : IServiceStore
{
    /// <summary>A damaged table must not flood the log.</summary>
    private const int MaxSkippedRowsTold = 10;

    private readonly ServiceStatements _statements = new(connection);
    private readonly SqliteStatement _loadAll = connection.Prepare(ServiceRow.SelectAll);
    private readonly SqliteStatement _loadLeases = connection.Prepare(ServiceRow.SelectLeases);
    private readonly SqliteStatement _ping = connection.Prepare("SELECT 1");

    public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) => worker.RunAsync(LoadAll, cancellationToken);

    public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return worker.RunAsync(() => Apply(batch), cancellationToken);
    }

    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();

        // A disk that hangs keeps the thread: who asks how it is must be able to stop waiting.
        await worker.RunAsync(Ping, cancellationToken).WaitAsync(cancellationToken);
        return time.GetElapsedTime(started);
    }

    /// <summary>On the worker's thread.</summary>
    internal IReadOnlyList<ServiceView> LoadAll()
    {
        var leases = LoadLeases();
        var services = new List<ServiceView>(leases.Count);
        var row = new ServiceRow(_loadAll);
        var skipped = 0;
        try
        {
            while (_loadAll.Step())
            {
                if (row.TryRead(leases, out var service, out var problem))
                {
                    services.Add(service);
                }
                else if (skipped++ < MaxSkippedRowsTold)
                {
                    SqliteLog.RowSkipped(logger, _loadAll.Text(0) ?? string.Empty, problem);
                }
            }
        }
        finally
        {
            _loadAll.Reset();
        }

        if (skipped > MaxSkippedRowsTold)
        {
            SqliteLog.RowsSkipped(logger, skipped, MaxSkippedRowsTold);
        }

        SortByCreation(services);
        return services;
    }

    /// <summary>On the worker's thread, within a transaction.</summary>
    internal void Write(IReadOnlyList<ServiceWrite> batch)
    {
        // Removals first: a service that came back under a new id takes its name, host and port from the old one.
        foreach (var write in batch)
        {
            if (write.State is null)
            {
                _statements.Remove(write.Id);
            }
        }

        foreach (var write in batch)
        {
            if (write.State is { } service)
            {
                Put(service, write.LeaseOnly);
            }
        }
    }

    private Dictionary<ServiceId, LeaseState> LoadLeases()
    {
        var leases = new Dictionary<ServiceId, LeaseState>();
        try
        {
            while (_loadLeases.Step())
            {
                if (ServiceRow.TryReadLease(_loadLeases, out var id, out var lease))
                {
                    leases[id] = lease;
                }
            }
        }
        finally
        {
            _loadLeases.Reset();
        }

        return leases;
    }

    /// <summary>They nearly always lie in that order: each is written when it is created. So SQLite need not take every row into a sort.</summary>
    private static void SortByCreation(List<ServiceView> services)
    {
        for (var i = 1; i < services.Count; i++)
        {
            if (Compare(services[i - 1], services[i]) > 0)
            {
                services.Sort(Compare);
                return;
            }
        }

        static int Compare(ServiceView left, ServiceView right)
        {
            var byTime = left.Instance.CreatedAt.CompareTo(right.Instance.CreatedAt);
            return byTime != 0 ? byTime : left.Id.CompareTo(right.Id);
        }
    }

    private void Apply(IReadOnlyList<ServiceWrite> batch)
    {
        var changesContent = batch.Any(write => !write.LeaseOnly);
        transactions.Run(durable: changesContent, () => Write(batch));
    }

    private void Put(in ServiceView service, bool leaseOnly)
    {
        if (leaseOnly)
        {
            _statements.UpdateLease(service);
            return;
        }

        _statements.PutContent(service.Instance);
        _statements.PutLease(service);
    }

    private bool Ping()
    {
        try
        {
            return _ping.Step();
        }
        finally
        {
            _ping.Reset();
        }
    }
}
