using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Sqlite;

// Contract first: the bodies follow in the next commit.
#pragma warning disable CA1822, CA1801
public sealed class SqliteDatabase : IDisposable
{
    private SqliteDatabase()
    {
    }

    public IServiceStore Services => throw new NotSupportedException();

    public IRecordStore Records => throw new NotSupportedException();

    /// <summary>Opens or creates the database file; its directory is made when missing.</summary>
    /// <exception cref="StoreOpenException">With the reason; a damaged file is not one: it is set aside and a fresh one started.</exception>
    public static SqliteDatabase Open(string path, ILogger logger, TimeProvider time) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
