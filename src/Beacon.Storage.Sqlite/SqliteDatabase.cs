using Beacon.Storage.Events;
using Beacon.Storage.Health;
using Beacon.Storage.Replication;
using Beacon.Storage.Sqlite.Events;
using Beacon.Storage.Sqlite.Health;
using Beacon.Storage.Sqlite.Interop;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

/// <summary>
/// The embedded database: one file, one connection, one thread. Opening it makes sure that the file is ours, whole, and of a schema
/// this version knows.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    private readonly DirectoryClaim _claim;
    private readonly SqliteConnection _connection;
    private readonly SqliteWorker _worker = new();

    private SqliteDatabase(DirectoryClaim claim, SqliteConnection connection, ILogger logger, TimeProvider time)
    {
        _claim = claim;
        _connection = connection;
        var transactions = new SqliteTransactions(connection);
        var services = new SqliteServiceStore(connection, transactions, _worker, time, logger);
        Services = services;
        Spool = new SqliteSpool(connection, transactions, _worker, services, time);
        Records = new SqliteRecordStore(connection, transactions, _worker);
        Health = new SqliteHealthStore(connection, transactions, _worker, logger);
        Events = new SqliteEventStore(connection, transactions, _worker);
    }

    public IServiceStore Services { get; }

    /// <summary>The same services as the local half of a shared database. Use either this or <see cref="Services"/>.</summary>
    public ISpool Spool { get; }

    public IRecordStore Records { get; }

    public IHealthHistoryStore Health { get; }

    public IEventStore Events { get; }

    /// <summary>Path of the damaged file that was set aside when this one was opened; null when all was well.</summary>
    public string? SetAside { get; private init; }

    /// <summary>Opens or creates the database file; its directory is made when missing. Blocks on the disk.</summary>
    /// <exception cref="StoreOpenException">With the reason. A damaged file is not one: it is set aside and an empty one started.</exception>
    public static SqliteDatabase Open(string path, ILogger logger, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(time);
        var file = Path.GetFullPath(path);
        var claim = DirectoryClaim.Take(file);
        try
        {
            var connection = OpenFile(file, logger, time, out var aside);
            SqliteLog.Opened(logger, file, SqliteSchema.Latest);
            return new SqliteDatabase(claim, connection, logger, time) { SetAside = aside };
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Before the services are used without a shared database: what it has of them is no longer followed, so everything counts as never sent.
    /// </summary>
    public Task ForgetReplicationAsync() => _worker.RunAsync(ForgetReplication, CancellationToken.None);

    /// <summary>For an exception of this database while it is taken into use: the same for the operator. Null for any other.</summary>
    public static StoreOpenException? Refusal(Exception error) =>
        error is SqliteException refused ? new StoreOpenException(refused.Problem, $"{refused.Message}.", refused) : null;

    /// <summary>Lets queued writes finish, then closes the file; what was committed is in it, without a log beside it.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        _connection.Dispose();
        _claim.Dispose();
    }

    /// <summary>For tests that need the connection to misbehave.</summary>
    internal Task ExecuteAsync(string sql) => _worker.RunAsync(() => _connection.Execute(sql), CancellationToken.None);

    /// <summary>For tests that look at settings of the connection.</summary>
    internal Task<long> ReadIntegerAsync(string sql) => _worker.RunAsync(() => _connection.ReadInteger(sql), CancellationToken.None);

    private void ForgetReplication()
    {
        // Looked at first: a write that changes nothing needs room in the log all the same, and a full disk must not keep Beacon from starting.
        if (_connection.ReadInteger("SELECT EXISTS (SELECT 1 FROM replication)") != 0)
        {
            _connection.Execute("DELETE FROM replication");
        }
    }

    private static SqliteConnection OpenFile(string file, ILogger logger, TimeProvider time, out string? aside)
    {
        aside = null;
        if (SqliteOpening.TryOpen(file, logger, out var damage) is { } connection)
        {
            return connection;
        }

        aside = DamagedFile.SetAside(file, time.GetUtcNow());
        SqliteLog.SetAside(logger, file, aside, damage);
        return SqliteOpening.TryOpen(file, logger, out damage)
            ?? throw new StoreOpenException($"{file} is damaged again right after it was made: {damage}");
    }
}
