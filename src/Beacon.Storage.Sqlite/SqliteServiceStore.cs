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
        var services = new List<ServiceView>();
        var skipped = 0;
        try
        {
            while (_loadAll.Step())
            {
                if (ServiceRow.TryRead(_loadAll, out var service, out var problem))
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
