using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Contract;

public sealed class SqliteRecordStoreTests : RecordStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteRecordStoreTests() => _database = SqliteDatabase.Open(_folder.Database, NullLogger.Instance, TimeProvider.System);

    protected override IRecordStore Store => _database.Records;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}
