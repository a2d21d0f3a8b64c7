using Beacon.Storage;
using Beacon.Storage.Sqlite;

namespace Beacon.Aot.Composition;

/// <summary>The store in use, opened.</summary>
/// <param name="Kind">As <c>/health</c> names it.</param>
internal sealed record ApplianceStore(string Kind, IServiceStore Services, IRecordStore Records, IDisposable? Owner) : IDisposable
{
    private const string FileName = "beacon.db";

    public static ApplianceStore OpenSqlite(string dataDirectory, ILogger logger, TimeProvider time)
    {
        var database = SqliteDatabase.Open(Path.Combine(dataDirectory, FileName), logger, time);
        return new ApplianceStore("sqlite", database.Services, database.Records, database);
    }

    /// <summary>For tests that care for something else.</summary>
    public static ApplianceStore InMemory()
    {
        var store = new MemoryStore();
        return new ApplianceStore("memory", store, store, null);
    }

    public void Dispose() => Owner?.Dispose();
}
