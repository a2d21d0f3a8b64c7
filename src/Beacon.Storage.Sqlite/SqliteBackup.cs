using System.Globalization;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>Copies of a database: made while it is in use, judged, and put back.</summary>
/// <remarks>Any thread; each call opens and closes what it needs.</remarks>
public static class SqliteBackup
{
    /// <summary>A Beacon under load holds the file for moments; so long is waited for it.</summary>
    private const int BusyMilliseconds = 10_000;
    private const string Unfinished = ".part";

    /// <summary>
    /// Writes one consistent copy, without a log beside it, and gives it its name when it is whole, checked and on the disk
    /// (<c>VACUUM INTO</c>, sqlite.org/lang_vacuum.html). Whoever uses the database meanwhile goes on.
    /// </summary>
    /// <param name="target">Replaced when it is there.</param>
    /// <exception cref="StoreOpenException">There is no database of this program, it is damaged, or the copy cannot be written.</exception>
    public static SqliteBackupReport Copy(string databasePath, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(databasePath);
        ArgumentException.ThrowIfNullOrEmpty(target);
        var unfinished = target + Unfinished;
        try
        {
            File.Delete(unfinished);
            using (var connection = OpenExisting(databasePath))
            {
                // Closing shall change nothing: the log belongs to the Beacon that runs, or to the next start.
                connection.KeepLogOnClose(true);
                SqliteSchema.Recognise(connection, databasePath);
                connection.Execute($"VACUUM INTO '{unfinished.Replace("'", "''", StringComparison.Ordinal)}'");
            }

            Sync(unfinished);
            var report = Examine(unfinished) with { Path = target };
            File.Move(unfinished, target, overwrite: true);
            return report;
        }
        catch (SqliteException error)
        {
            throw new StoreOpenException(error.Problem, $"{databasePath} cannot be copied to {target}: {error.Message}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException(StoreOpenProblem.NotWritable, $"{target} cannot be written: {error.Message}", error);
        }
        finally
        {
            TryDelete(unfinished);
        }
    }

    /// <summary>Reads the whole file, each page and index of it.</summary>
    /// <exception cref="StoreOpenException">It is missing, damaged, of another program or of a newer version.</exception>
    public static SqliteBackupReport Examine(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var connection = OpenExisting(path);
            connection.KeepLogOnClose(true);
            SqliteSchema.Recognise(connection, path);
            if (connection.ReadInteger("PRAGMA application_id") != SqliteSchema.ApplicationId)
            {
                throw new StoreOpenException(StoreOpenProblem.ForeignFile, $"{path} holds no services: it is no backup of Beacon.");
            }

            var verdict = connection.ReadText("PRAGMA integrity_check(1)");
            return verdict.Equals("ok", StringComparison.Ordinal)
                ? new SqliteBackupReport(
                    path, new FileInfo(path).Length, connection.ReadInteger("SELECT count(*) FROM services"), (int)connection.ReadInteger("PRAGMA user_version"))
                : throw SqliteException.Damage(verdict);
        }
        catch (SqliteException error)
        {
            throw new StoreOpenException(error.Problem, $"{path}: {error.Message}.", error);
        }
    }

    /// <summary>
    /// Puts a copy in the place of a database that nobody uses. What was there is kept beside it. At no moment is there no database, or one
    /// with another one's log: a power cut leaves the old one or the new one.
    /// </summary>
    /// <returns>What the copy holds, and where the former database is now; null when there was none.</returns>
    /// <exception cref="StoreOpenException">The copy is unfit, the database is in use, or the directory cannot be written. Nothing has changed.</exception>
    public static (SqliteBackupReport Report, string? Former) Restore(string copy, string databasePath, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrEmpty(databasePath);
        var report = Examine(copy);
        using var claim = DirectoryClaim.Take(databasePath);
        var unfinished = databasePath + Unfinished;
        try
        {
            File.Copy(copy, unfinished, overwrite: true);
            FileOwner.TakeFromDirectory(unfinished);
            claim.GiveToDirectory();
            Sync(unfinished);
            var former = SetAside(databasePath, now);
            File.Move(unfinished, databasePath, overwrite: true);
            return (report, former);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException(StoreOpenProblem.NotWritable, $"{databasePath} cannot be replaced: {error.Message}", error);
        }
        finally
        {
            TryDelete(unfinished);
        }
    }

    /// <summary>A whole database is copied, so that it is there until the new one takes its name; a damaged one moves with its log.</summary>
    private static string? SetAside(string databasePath, DateTimeOffset now)
    {
        if (!File.Exists(databasePath))
        {
            return null;
        }

        var former = $"{databasePath}.before-restore-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        try
        {
            Copy(databasePath, former);
            FileOwner.TakeFromDirectory(former);
            EmptyLog(databasePath);
            return former;
        }
        catch (Exception error) when (error is StoreOpenException or SqliteException)
        {
            return DamagedFile.SetAside(databasePath, now);
        }
    }

    /// <summary>The last one to close a database moves its log into it and takes it away.</summary>
    private static void EmptyLog(string databasePath)
    {
        using var connection = OpenExisting(databasePath);
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static SqliteConnection OpenExisting(string path)
    {
        if (!File.Exists(path))
        {
            throw new StoreOpenException(StoreOpenProblem.Missing, $"{path} is not there.");
        }

        var connection = SqliteConnection.Open(path);
        connection.SetBusyTimeout(BusyMilliseconds);
        return connection;
    }

    private static void Sync(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its name says what it is, and the next copy replaces it.
        }
    }
}
