using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>Table <c>records</c>. Every change is durable when its task completes.</summary>
internal sealed class SqliteRecordStore(SqliteConnection connection, SqliteTransactions transactions, SqliteWorker worker) : IRecordStore
{
    private readonly SqliteStatement _read = connection.Prepare("SELECT json FROM records WHERE collection = ?1 AND id = ?2");

    private readonly SqliteStatement _write = connection.Prepare(
        "INSERT INTO records (collection, id, json) VALUES (?1, ?2, ?3) ON CONFLICT (collection, id) DO UPDATE SET json = excluded.json");

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM records WHERE collection = ?1 AND id = ?2");

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string collection, string id, CancellationToken cancellationToken) =>
        worker.RunAsync(() => Read(collection, id), cancellationToken);

    public Task WriteAsync(string collection, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        ChangeAsync(() => _write.Bind(1, collection).Bind(2, id).Bind(3, json.Span).Run(), cancellationToken);

    public Task DeleteAsync(string collection, string id, CancellationToken cancellationToken) =>
        ChangeAsync(() => _delete.Bind(1, collection).Bind(2, id).Run(), cancellationToken);

    private ReadOnlyMemory<byte>? Read(string collection, string id)
    {
        try
        {
            // Spelled out: "x : null" would turn null into an empty memory.
            return _read.Bind(1, collection).Bind(2, id).Step() ? _read.Utf8(0).ToArray() : default(ReadOnlyMemory<byte>?);
        }
        finally
        {
            _read.Reset();
        }
    }

    private Task ChangeAsync(Action change, CancellationToken cancellationToken) =>
        worker.RunAsync(() => transactions.Run(durable: true, change), cancellationToken);
}
