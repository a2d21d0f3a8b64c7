using Beacon.Registry.Services;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Sqlite.Interop;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Sqlite;

/// <summary>What is particular to the SQLite store: crashes, full disks, and rows that a person edited.</summary>
public sealed class SqliteServiceTableTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();
    private SqliteDatabase _database;

    public SqliteServiceTableTests() => _database = Open(_folder.Database);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// The copy of file and log at an instant is what a kill -9 leaves behind. That the log is also synced is for the native kill test and
    /// the pragma.
    /// </summary>
    [Fact]
    public async Task What_was_committed_is_there_after_a_crash()
    {
        var services = Enumerable.Range(0, 100).Select(number => Samples.Service($"s{number}")).ToArray();
        foreach (var service in services)
        {
            await _database.Services.ApplyAsync(Writes.Put(service));
        }

        await _database.Services.ApplyAsync(Writes.Remove(services[0].Id));
        Directory.CreateDirectory(_folder.File("crashed"));
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(_folder.Database + suffix, _folder.File("crashed/beacon.db") + suffix);
        }

        using var restarted = Open(_folder.File("crashed/beacon.db"));
        Assert.Equal(Samples.Texts(services[1..]).Order(), Samples.Texts(await restarted.Services.LoadAsync()).Order());
    }

    [Fact]
    public async Task A_commit_cut_off_in_the_log_is_as_if_it_had_not_begun()
    {
        var first = Samples.Service("first");
        await _database.Services.ApplyAsync(Writes.Put(first));
        var whole = new FileInfo(_folder.Database + "-wal").Length;
        await _database.Services.ApplyAsync(Writes.Put(Samples.Service("second")));
        var longer = new FileInfo(_folder.Database + "-wal").Length;
        Directory.CreateDirectory(_folder.File("crashed"));
        File.Copy(_folder.Database, _folder.File("crashed/beacon.db"));
        var log = File.ReadAllBytes(_folder.Database + "-wal");
        File.WriteAllBytes(_folder.File("crashed/beacon.db-wal"), log[..(int)(longer - 1)]);

        using var restarted = Open(_folder.File("crashed/beacon.db"));
        Assert.True(longer > whole);
        Assert.Equal(first.Id, Assert.Single(await restarted.Services.LoadAsync()).Id);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_whole_batch_keeps_the_old_state_and_works_again_with_space()
    {
        var kept = Samples.Service("kept");
        await _database.Services.ApplyAsync(Writes.Put(kept));
        await _database.ExecuteAsync("PRAGMA max_page_count = 1");
        var batch = Enumerable.Range(0, 500).Select(number => Writes.Put(Samples.Service($"s{number}"))).Append(Writes.Remove(kept.Id)).ToArray();

        var refused = await Assert.ThrowsAsync<SqliteException>(() => _database.Services.ApplyAsync(batch));
        Assert.Equal(StoreOpenProblem.DiskFull, refused.Problem);
        Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
        Assert.Equal(kept.Id, Assert.Single(await _database.Services.LoadAsync()).Id);

        await _database.ExecuteAsync("PRAGMA max_page_count = 1000000");
        await _database.Services.ApplyAsync(batch);
        Assert.Equal(500, (await _database.Services.LoadAsync()).Count);
    }

    [Theory]
    [InlineData("UPDATE services SET tags = 'no json' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET tags = '[1]' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET metadata = '[]' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET metadata = '{\"a\":' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET mdns_txt_records = '{\"a\":{}}' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET port = 0 WHERE name = 'broken'")]
    [InlineData("UPDATE services SET port = 99999999999 WHERE name = 'broken'")]
    [InlineData("UPDATE services SET ttl = -1 WHERE name = 'broken'")]
    [InlineData("UPDATE services SET host = '' WHERE name = 'broken'")]
    [InlineData("UPDATE services SET created_at = 9223372036854775807 WHERE name = 'broken'")]
    [InlineData("UPDATE leases SET expires_at = -9223372036854775807 WHERE service_id = (SELECT service_id FROM services WHERE name = 'broken')")]
    [InlineData("UPDATE leases SET status = 'well' WHERE service_id = (SELECT service_id FROM services WHERE name = 'broken')")]
    [InlineData("DELETE FROM leases WHERE service_id = (SELECT service_id FROM services WHERE name = 'broken')")]
    [InlineData("PRAGMA foreign_keys = OFF; UPDATE services SET service_id = 'no uuid' WHERE name = 'broken'; PRAGMA foreign_keys = ON")]
    public async Task A_row_that_makes_no_service_is_left_out_told_and_kept(string edit)
    {
        var good = Samples.Service("good");
        await _database.Services.ApplyAsync(Writes.Put(good), Writes.Put(Samples.Service("broken")));
        await _database.ExecuteAsync(edit);

        Assert.Equal(good.Id, Assert.Single(await _database.Services.LoadAsync()).Id);
        Assert.Equal(1, _log.Count(3104));
        _database.Dispose();
        using (var raw = SqliteConnection.Open(_folder.Database))
        {
            Assert.Equal(2, raw.ReadInteger("SELECT count(*) FROM services"));
        }

        _database = Open(_folder.Database);
        Assert.Single(await _database.Services.LoadAsync());
    }

    [Fact]
    public async Task Services_come_in_the_order_of_their_creation_however_their_rows_lie()
    {
        var services = Enumerable.Range(0, 50).Select(number => At(Samples.Service($"s{number}"), number)).ToArray();
        foreach (var service in services.Reverse())
        {
            await _database.Services.ApplyAsync(Writes.Put(service));
        }

        Assert.Equal(Samples.Texts(services), Samples.Texts(await _database.Services.LoadAsync()));
        static ServiceView At(ServiceView service, int minute) =>
            service with { Instance = service.Instance with { CreatedAt = Samples.Start.AddMinutes(minute) } };
    }

    [Fact]
    public async Task What_many_rows_have_in_common_is_one_object()
    {
        await _database.Services.ApplyAsync(Writes.Put(Samples.Service("one")));
        await _database.Services.ApplyAsync(Writes.Put(Samples.Service("two")));
        var read = await _database.Services.LoadAsync();
        Assert.Same(read[0].Instance.Type, read[1].Instance.Type);
        Assert.Same(read[0].Instance.Host, read[1].Instance.Host);
        Assert.Same(read[0].Instance.MdnsServiceType, read[1].Instance.MdnsServiceType);
        Assert.NotSame(read[0].Instance.Name, read[1].Instance.Name);
    }

    [Fact]
    public async Task A_thousand_broken_rows_fill_no_log()
    {
        await _database.Services.ApplyAsync([.. Enumerable.Range(0, 1000).Select(number => Writes.Put(Samples.Service($"s{number}")))]);
        await _database.ExecuteAsync("UPDATE services SET ttl = 0");
        Assert.Empty(await _database.Services.LoadAsync());
        Assert.Equal(10, _log.Count(3104));
        Assert.Contains("1000", _log.Single(3105), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_registered_anew_takes_the_place_of_a_row_that_cannot_be_read()
    {
        await _database.Services.ApplyAsync(Writes.Put(Samples.Service("one")));
        await _database.ExecuteAsync("UPDATE services SET ttl = 0");
        var successor = Samples.Service("one");
        await _database.Services.ApplyAsync(Writes.Put(successor));
        Assert.Equal(successor.Id, Assert.Single(await _database.Services.LoadAsync()).Id);
    }

    [Fact]
    public async Task An_address_that_cannot_be_read_costs_the_address_and_not_the_service()
    {
        await _database.Services.ApplyAsync(Writes.Put(Samples.Everything()));
        await _database.ExecuteAsync("UPDATE services SET source_address = 'somewhere'");
        Assert.Null(Assert.Single(await _database.Services.LoadAsync()).Instance.SourceAddress);
    }

    /// <summary>The earlier server turned a database error into an empty list, and consumers dropped all targets (defect B16).</summary>
    [Fact]
    public async Task B16_a_store_that_cannot_read_says_so_and_never_answers_nothing()
    {
        await _database.Services.ApplyAsync(Writes.Put(Samples.Service("one")));
        await _database.ExecuteAsync("ALTER TABLE leases RENAME TO elsewhere");
        await Assert.ThrowsAnyAsync<Exception>(() => _database.Services.LoadAsync());
    }

    [Fact]
    public async Task A_closed_database_refuses_and_does_not_hang()
    {
        _database.Dispose();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _database.Services.LoadAsync());
    }

    private SqliteDatabase Open(string path) => SqliteDatabase.Open(path, _log, TimeProvider.System);
}
