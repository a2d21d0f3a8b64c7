using Beacon.Storage.Sqlite.Interop;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

/// <summary>The steps from a path to a connection that can be trusted.</summary>
internal static class SqliteOpening
{
    /// <summary>A backup tool that holds the file gets so long before a write fails (and is retried by the queue).</summary>
    private const int BusyMilliseconds = 1_000;

    /// <summary>
    /// Pages in the log before they are moved into the file: 4 MB. More means fewer syncs under load and a longer replay after a crash.
    /// </summary>
    private const int CheckpointPages = 1_000;

    /// <summary>After a burst the log is cut back to that many bytes.</summary>
    private const int JournalSizeLimit = 16 * 1024 * 1024;

    /// <summary>The check reads the whole file; a quarter of a gigabyte takes about a second from an SD card's cache, and start-up waits for it.</summary>
    private const long CheckLimit = 256L * 1024 * 1024;

    /// <summary>Null when the file is damaged; <paramref name="damage"/> then says how. Any other obstacle is an exception.</summary>
    public static SqliteConnection? TryOpen(string path, ILogger logger, out string damage)
    {
        damage = string.Empty;
        if (DamagedFile.IsHeadless(path))
        {
            damage = "the file is empty or missing, but its write-ahead log is not";
            return null;
        }

        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.Open(path);

            // Until the file has proved to be ours and whole, nothing that lies beside it may change.
            connection.KeepLogOnClose(true);
            Prepare(connection, path, logger);
            connection.KeepLogOnClose(false);
            return connection;
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            if (!error.IsDamage)
            {
                throw new StoreOpenException(error.Problem, $"{path}: {error.Message}.", error);
            }

            damage = error.Message;
            return null;
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, string path, ILogger logger)
    {
        connection.SetBusyTimeout(BusyMilliseconds);
        if (connection.IsReadOnly)
        {
            throw new StoreOpenException(StoreOpenProblem.NotWritable, $"{path} cannot be written.");
        }

        SqliteSchema.Recognise(connection, path);
        CheckIntegrity(connection, path, logger);
        var mode = connection.ReadText("PRAGMA journal_mode = WAL");
        if (!mode.Equals("wal", StringComparison.OrdinalIgnoreCase))
        {
            SqliteLog.NoWriteAheadLog(logger, path, mode);
        }

        connection.Execute(
            $"""
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA wal_autocheckpoint = {CheckpointPages};
            PRAGMA journal_size_limit = {JournalSizeLimit};
            PRAGMA temp_store = MEMORY;
            """);
        SqliteSchema.Migrate(connection, logger);
    }

    private static void CheckIntegrity(SqliteConnection connection, string path, ILogger logger)
    {
        var size = new FileInfo(path).Length;
        if (size > CheckLimit)
        {
            SqliteLog.CheckSkipped(logger, path, size, CheckLimit);
            return;
        }

        var verdict = connection.ReadText("PRAGMA quick_check(1)");
        if (!verdict.Equals("ok", StringComparison.Ordinal))
        {
            throw SqliteException.Damage(verdict);
        }
    }
}
