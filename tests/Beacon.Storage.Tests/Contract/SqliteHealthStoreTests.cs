using Beacon.Storage.Health;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Contract;

public sealed class SqliteHealthStoreTests : HealthHistoryStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();
    private SqliteDatabase _database;

    public SqliteHealthStoreTests() => _database = Open();

    protected override IHealthHistoryStore Store => _database.Health;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Rows_that_somebody_else_wrote_are_left_out_and_told()
    {
        var token = TestContext.Current.CancellationToken;
        await _database.ExecuteAsync(
            """
            INSERT INTO health_series VALUES (1, 'no id', 'a', 0, NULL), (2, '00000000-0000-0000-0000-000000000001', 'good', 0, NULL), (-3, '00000000-0000-0000-0000-000000000002', 'b', 0, NULL);
            INSERT INTO health_incidents VALUES (1, 'no id', 'a', 0, NULL, 'c', 0, 1);
            """);

        var contents = await Store.LoadAsync(token);

        Assert.Equal("good", Assert.Single(contents.Series).Name);
        Assert.Empty(contents.OpenIncidents);
        Assert.Contains("2 rows", _log.Single(3110), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_write_that_fails_would_have_changed_stays_as_it_was()
    {
        var token = TestContext.Current.CancellationToken;
        await Store.WriteAsync(new HealthWrite { Marks = [new("a", 1)] }, token);
        await _database.ExecuteAsync("CREATE TRIGGER refuse BEFORE INSERT ON health_marks BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => Store.WriteAsync(
            new HealthWrite { Chunks = [new Chunk(ChunkKey.Of(SeriesKind.Days, 1, 1), new byte[9])], Marks = [new("b", 1)] }, token));
        await _database.ExecuteAsync("DROP TRIGGER refuse");

        Assert.Empty(await Store.ListAsync(SeriesKind.Days, 0, 9, default, 9, token));
    }

    [Fact]
    public async Task Everything_is_there_after_the_file_was_closed_and_opened()
    {
        var token = TestContext.Current.CancellationToken;
        await Store.WriteAsync(new HealthWrite { Journal = new JournalEntry(5, new byte[] { 1 }), Marks = [new("a", 1)] }, token);
        _database.Dispose();
        _database = Open();

        Assert.Equal(5, Assert.Single((await Store.LoadAsync(token)).Journal).Sequence);
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder.Database, _log, TimeProvider.System);
}
