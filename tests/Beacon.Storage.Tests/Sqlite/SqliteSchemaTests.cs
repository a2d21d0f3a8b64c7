using Beacon.Storage.Sqlite;
using Beacon.Storage.Sqlite.Interop;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Sqlite;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();
    private readonly SqliteConnection _connection;

    public SqliteSchemaTests() => _connection = SqliteConnection.Open(_folder.Database);

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Steps_are_taken_once_and_in_order()
    {
        SqliteSchema.Migrate(_connection, _log, ["CREATE TABLE one (x)"]);
        SqliteSchema.Migrate(_connection, _log, ["CREATE TABLE one (x)", "ALTER TABLE one RENAME TO two", "INSERT INTO two VALUES (7)"]);
        Assert.Equal(7, _connection.ReadInteger("SELECT x FROM two"));
        Assert.Equal(3, _connection.ReadInteger("PRAGMA user_version"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_at_the_step_before()
    {
        string[] steps = ["CREATE TABLE one (x)", "CREATE TABLE two (x); INSERT INTO nowhere VALUES (1)"];
        Assert.Throws<SqliteException>(() => SqliteSchema.Migrate(_connection, _log, steps));
        Assert.Equal(1, _connection.ReadInteger("PRAGMA user_version"));
        Assert.Equal(1, _connection.ReadInteger("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public void A_file_that_is_up_to_date_is_not_touched()
    {
        SqliteSchema.Migrate(_connection, _log);
        var told = _log.All.Count;
        SqliteSchema.Migrate(_connection, _log);
        Assert.Equal(told, _log.All.Count);
    }
}
