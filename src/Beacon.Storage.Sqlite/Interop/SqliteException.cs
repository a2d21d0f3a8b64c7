using SQLitePCL;

namespace Beacon.Storage.Sqlite.Interop;

/// <summary>SQLite said no. The message is for operators and, through a 503, for clients.</summary>
internal sealed class SqliteException(int extendedCode, string detail) : Exception($"{Sentence(extendedCode)} (SQLite {extendedCode}: {detail})")
{
    /// <summary>The primary code is the low byte of the extended one (sqlite.org/rescode.html).</summary>
    private const int PrimaryMask = 0xFF;

    /// <summary>The index of the log cannot grow to its 32 KiB: SQLite has no word of its own for a disk that is full there.</summary>
    private const int NoRoomForIndex = raw.SQLITE_IOERR | (19 << 8);

    public int Code { get; } = extendedCode & PrimaryMask;

    /// <summary>The file is not what SQLite wrote.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public StoreOpenProblem Problem => Code switch
    {
        raw.SQLITE_FULL => StoreOpenProblem.DiskFull,
        raw.SQLITE_IOERR when extendedCode == NoRoomForIndex => StoreOpenProblem.DiskFull,
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => StoreOpenProblem.NotWritable,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StoreOpenProblem.InUse,
        _ => StoreOpenProblem.Other,
    };

    /// <summary>For a file that opens but fails its check.</summary>
    public static SqliteException Damage(string verdict) => new(raw.SQLITE_CORRUPT, verdict);

    private static string Sentence(int extendedCode) => (extendedCode & PrimaryMask) switch
    {
        raw.SQLITE_FULL => "no space left for the database",
        raw.SQLITE_IOERR when extendedCode == NoRoomForIndex => "no space left for the index of the database's log",
        raw.SQLITE_READONLY => "the database is read-only",
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => "the database file cannot be opened",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "the database is locked by another program",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the database file is damaged",
        raw.SQLITE_IOERR => "reading or writing the database file failed",
        _ => "the database refused the operation",
    };
}
