using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

/// <summary>Log catalogue 3100–3199: the embedded store.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(3100, LogLevel.Information, "Database {Path} is open, schema {Version}")]
    public static partial void Opened(ILogger logger, string path, int version);

    [LoggerMessage(3101, LogLevel.Information, "Database schema migrated from {From} to {To}")]
    public static partial void Migrated(ILogger logger, int from, int to);

    [LoggerMessage(3102, LogLevel.Error,
        "Database {Path} is damaged and was set aside as {Aside}, nothing was deleted; Beacon starts with an empty database: {Reason}")]
    public static partial void SetAside(ILogger logger, string path, string aside, string reason);

    [LoggerMessage(3103, LogLevel.Warning, "Database {Path} has {Size} bytes, its integrity is not checked at start beyond {Limit}")]
    public static partial void CheckSkipped(ILogger logger, string path, long size, long limit);

    [LoggerMessage(3104, LogLevel.Warning, "Stored service {Id} cannot be read and is left out, its row is kept: {Reason}")]
    public static partial void RowSkipped(ILogger logger, string id, string reason);

    [LoggerMessage(3105, LogLevel.Warning, "{Count} stored services cannot be read; only the first {Told} are listed")]
    public static partial void RowsSkipped(ILogger logger, int count, int told);

    [LoggerMessage(3106, LogLevel.Warning, "The file system of {Path} has no shared memory for a write-ahead log, journal mode {Mode} is used")]
    public static partial void NoWriteAheadLog(ILogger logger, string path, string mode);

    [LoggerMessage(3110, LogLevel.Warning, "{Count} rows of the health history cannot be read and are left out")]
    public static partial void HistoryRowsSkipped(ILogger logger, int count);
}
