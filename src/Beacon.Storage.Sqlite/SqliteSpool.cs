using Beacon.Registry.Services;
using Beacon.Storage.Replication;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>Table <c>replication</c> beside the services: what a shared database has of each.</summary>
internal sealed class SqliteSpool(
    SqliteConnection connection, SqliteTransactions transactions, SqliteWorker worker, SqliteServiceStore services, TimeProvider time) : ISpool
{
    private readonly SqliteStatement _load = connection.Prepare("SELECT service_id, revision, stored, removed_at FROM replication ORDER BY removed_at");

    private readonly SqliteStatement _put = connection.Prepare(
        """
        INSERT INTO replication (service_id, revision, stored, removed_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (service_id) DO UPDATE SET revision = excluded.revision, stored = excluded.stored, removed_at = excluded.removed_at
        """);

    private readonly SqliteStatement _acknowledge = connection.Prepare("UPDATE replication SET stored = max(stored, ?2) WHERE service_id = ?1");

    private readonly SqliteStatement _forget = connection.Prepare("DELETE FROM replication WHERE removed_at < ?1 AND stored >= revision");

    public Task<IReadOnlyList<SpoolEntry>> LoadAsync(CancellationToken cancellationToken) => worker.RunAsync(Load, cancellationToken);

    public Task ApplyAsync(IReadOnlyList<SpoolWrite> writes, IReadOnlyList<SpoolAcknowledgement> stored, CancellationToken cancellationToken) =>
        worker.RunAsync(() => Apply(writes, stored), cancellationToken);

    private void Apply(IReadOnlyList<SpoolWrite> writes, IReadOnlyList<SpoolAcknowledgement> stored)
    {
        var changesContent = writes.Any(write => !write.Service.LeaseOnly);
        transactions.Run(durable: changesContent, () =>
        {
            services.Write([.. writes.Select(write => write.Service)]);
            foreach (var write in writes)
            {
                var row = _put.Bind(1, write.Service.Id.ToString()).Bind(2, write.Revision).Bind(3, write.Stored);
                (write.Service.State is null ? row.Bind(4, Microseconds.From(time.GetUtcNow())) : row.Bind(4, (string?)null)).Run();
            }

            foreach (var (id, revision) in stored)
            {
                _acknowledge.Bind(1, id.ToString()).Bind(2, revision).Run();
            }
        });
    }

    private IReadOnlyList<SpoolEntry> Load()
    {
        transactions.Run(durable: false, () => _forget.Bind(1, Microseconds.From(time.GetUtcNow() - ReplicationLimits.TombstoneLife)).Run());
        var states = services.LoadAll();
        var marks = new Dictionary<ServiceId, (long Revision, long Stored)>();
        var removed = new List<SpoolEntry>();
        try
        {
            while (_load.Step())
            {
                if (!ServiceId.TryParse(_load.Text(0), out var id))
                {
                    continue;
                }

                if (_load.IsNull(3))
                {
                    marks[id] = (_load.Integer(1), _load.Integer(2));
                }
                else if (Microseconds.TryRead(_load.Integer(3), out var removedAt))
                {
                    removed.Add(new SpoolEntry(id, null, _load.Integer(1), _load.Integer(2), removedAt));
                }
            }
        }
        finally
        {
            _load.Reset();
        }

        // A service without a mark was written while there was no database: it has never been sent.
        var entries = new List<SpoolEntry>(states.Count + removed.Count);
        foreach (var state in states)
        {
            var (revision, stored) = marks.GetValueOrDefault(state.Id, (1, 0));
            entries.Add(new SpoolEntry(state.Id, state, revision, stored, null));
        }

        entries.AddRange(removed);
        return entries;
    }
}
