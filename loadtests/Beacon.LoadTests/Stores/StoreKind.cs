namespace Beacon.LoadTests.Stores;

/// <summary>Where services are kept.</summary>
internal enum StoreKind
{
    /// <summary>SQLite in memory that looks like a disk: Beacon has no mode without a store, and this is the nearest.</summary>
    Memory,

    /// <summary>SQLite on the disk.</summary>
    Sqlite,

    /// <summary>The MongoDB test server in the measuring process, its file on the disk, and the spool on the disk.</summary>
    Mongo,
}
