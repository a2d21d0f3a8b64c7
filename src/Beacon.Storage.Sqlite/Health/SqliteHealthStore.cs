using Beacon.Storage.Health;
using Beacon.Storage.Sqlite.Interop;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite.Health;

/// <summary>The tables <c>health_*</c>.</summary>
internal sealed class SqliteHealthStore(
    SqliteConnection connection, SqliteTransactions transactions, SqliteWorker worker, ILogger logger) : IHealthHistoryStore
{
    private readonly SqliteIncidents _incidents = new(connection);
    private readonly SqliteHealthSeries _series = new(connection);
    private readonly SqliteStatement _journal = connection.Prepare("SELECT sequence, results FROM health_journal ORDER BY sequence");
    private readonly SqliteStatement _append = connection.Prepare("INSERT OR REPLACE INTO health_journal (sequence, results) VALUES (?1, ?2)");
    private readonly SqliteStatement _cut = connection.Prepare("DELETE FROM health_journal WHERE sequence <= ?1");
    private readonly SqliteStatement _read = connection.Prepare("SELECT data FROM health_chunks WHERE chunk = ?1");
    private readonly SqliteStatement _list = connection.Prepare("SELECT chunk FROM health_chunks WHERE chunk >= ?1 AND chunk < ?2 ORDER BY chunk LIMIT ?3");

    private readonly SqliteStatement _put = connection.Prepare(
        "INSERT INTO health_chunks (chunk, data) VALUES (?1, ?2) ON CONFLICT (chunk) DO UPDATE SET data = excluded.data");

    private readonly SqliteStatement _remove = connection.Prepare("DELETE FROM health_chunks WHERE chunk = ?1");
    private readonly SqliteStatement _trim = connection.Prepare("DELETE FROM health_chunks WHERE chunk >= ?1 AND chunk < ?2");
    private readonly SqliteStatement _marks = connection.Prepare("SELECT name, value FROM health_marks");

    private readonly SqliteStatement _mark = connection.Prepare(
        "INSERT INTO health_marks (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");

    public Task<HealthContents> LoadAsync(CancellationToken cancellationToken) => worker.RunAsync(Load, cancellationToken);

    public Task WriteAsync(HealthWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        return worker.RunAsync(() => transactions.Run(durable: false, () => Write(write)), cancellationToken);
    }

    public Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return worker.RunAsync<IReadOnlyList<Chunk>>(() => Read(keys), cancellationToken);
    }

    public Task<IReadOnlyList<ChunkKey>> ListAsync(
        SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken) => worker.RunAsync(
        () =>
        {
            var first = Math.Max(ChunkKey.Of(kind, from, 0).Value, after.Value + 1);
            _list.Bind(1, first).Bind(2, ChunkKey.Of(kind, to, 0).Value).Bind(3, limit);
            return _list.ReadAll(static row => new ChunkKey(row.Integer(0)));
        },
        cancellationToken);

    public Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return worker.RunAsync(() => _incidents.Read(query), cancellationToken);
    }

    public Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        worker.RunAsync(() => _incidents.ReadChanges(after, limit), cancellationToken);

    private HealthContents Load()
    {
        var series = _series.ReadAll(out var skipped);
        var open = _incidents.Read(new IncidentQuery(IsOpen: true)).Incidents;
        if (skipped > 0)
        {
            SqliteLog.HistoryRowsSkipped(logger, skipped);
        }

        return new HealthContents(
            series,
            _journal.ReadAll(static row => new JournalEntry(row.Integer(0), row.Utf8(1).ToArray())),
            open,
            _marks.ReadAll(static row => (Name: row.Text(0)!, Value: row.Integer(1))).ToDictionary(x => x.Name, x => x.Value),
            _incidents.LastNumber(),
            _incidents.LastChange());
    }

    private List<Chunk> Read(IReadOnlyList<ChunkKey> keys)
    {
        var found = new List<Chunk>(keys.Count);
        try
        {
            foreach (var key in keys)
            {
                if (_read.Bind(1, key.Value).Step())
                {
                    found.Add(new Chunk(key, _read.Utf8(0).ToArray()));
                }

                _read.Reset();
            }
        }
        finally
        {
            _read.Reset();
        }

        return found;
    }

    private void Write(HealthWrite write)
    {
        foreach (var series in write.Series)
        {
            _series.Put(series);
        }

        foreach (var gone in write.Forgotten)
        {
            _series.Remove(gone);
        }

        if (write.JournalThrough > 0)
        {
            _cut.Bind(1, write.JournalThrough).Run();
        }

        if (write.Journal is { } entry)
        {
            _append.Bind(1, entry.Sequence).BindBytes(2, entry.Data.Span).Run();
        }

        foreach (var chunk in write.Chunks)
        {
            _put.Bind(1, chunk.Key.Value).BindBytes(2, chunk.Data.Span).Run();
        }

        foreach (var key in write.Removed)
        {
            _remove.Bind(1, key.Value).Run();
        }

        foreach (var (kind, before) in write.Trims)
        {
            _trim.Bind(1, ChunkKey.Of(kind, 0, 0).Value).Bind(2, ChunkKey.Of(kind, before, 0).Value).Run();
        }

        _incidents.Write(write);
        foreach (var (name, value) in write.Marks)
        {
            _mark.Bind(1, name).Bind(2, value).Run();
        }
    }
}
