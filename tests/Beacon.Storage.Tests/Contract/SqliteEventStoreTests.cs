using Beacon.Storage.Events;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Contract;

public sealed class SqliteEventStoreTests : EventStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();
    private SqliteDatabase _database;

    public SqliteEventStoreTests() => _database = Open();

    protected override IEventStore Store => _database.Events;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Everything_is_there_after_the_file_was_closed_and_opened_and_ids_go_on()
    {
        await Store.WriteAsync([new(1, Start, EventKind.ServiceExpired), new(2, Start, EventKind.ServicesCleanup, Detail: "1")], Token);
        await Store.TrimAsync(null, 1, 10, Token);
        Reopen();
        Assert.Equal(EventKind.ServicesCleanup, Assert.Single((await Store.ReadAsync(new EventQuery(), Token)).Entries).Kind);

        await Store.TrimAsync(null, 2, 10, Token);
        Reopen();
        Assert.Equal(2, await Store.LastIdAsync(Token));
    }

    [Fact]
    public async Task Of_a_write_that_fails_nothing_is_there()
    {
        await _database.ExecuteAsync("CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.event = 2 BEGIN SELECT RAISE(ABORT, 'no'); END");

        await Assert.ThrowsAnyAsync<Exception>(() => Store.WriteAsync(
            [new(1, Start, EventKind.ServiceExpired), new(2, Start, EventKind.ServiceExpired)], Token));

        Assert.Empty((await Store.ReadAsync(new EventQuery(), Token)).Entries);
    }

    [Fact]
    public async Task Rows_that_somebody_else_wrote_are_left_out_and_do_not_end_a_search()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO events (event, at, kind, service_id) VALUES (1, 0, 0, NULL), (2, 0, 99, NULL), (3, 0, 0, 'no id'), (900000, 0, 3, NULL);
            """);

        Assert.Equal([900_000, 1], (await Store.ReadAsync(new EventQuery { Limit = 2 }, Token)).Entries.Select(x => x.Id));
        Assert.Equal([1, 900_000], (await Store.ReadAfterAsync(0, 10, Token)).Select(x => x.Id));
    }

    private void Reopen()
    {
        _database.Dispose();
        _database = Open();
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder.Database, _log, TimeProvider.System);
}
