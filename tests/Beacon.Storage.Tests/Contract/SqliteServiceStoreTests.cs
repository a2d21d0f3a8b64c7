using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Contract;

public sealed class SqliteServiceStoreTests : ServiceStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;

    public SqliteServiceStoreTests() => _database = SqliteDatabase.Open(_folder.Database, NullLogger.Instance, TimeProvider.System);

    protected override IServiceStore Store => _database.Services;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}
