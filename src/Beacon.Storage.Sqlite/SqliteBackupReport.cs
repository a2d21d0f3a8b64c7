namespace Beacon.Storage.Sqlite;

/// <summary>A copy that was found good.</summary>
/// <param name="Schema">Number of its schema; an older one is brought up to date by the start.</param>
public sealed record SqliteBackupReport(string Path, long Bytes, long Services, int Schema);
