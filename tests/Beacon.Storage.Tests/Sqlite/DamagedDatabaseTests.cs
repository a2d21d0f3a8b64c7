using System.Text;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Sqlite;

/// <summary>A file that is not what was written is kept aside, and Beacon starts.</summary>
public sealed class DamagedDatabaseTests : IDisposable
{
    private const int Page = 4096;
    private const string Aside = "beacon.db.damaged-20261123T083001Z";
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_garbled_header_is_set_aside() => await Check(bytes =>
    {
        Encoding.ASCII.GetBytes("this is no database at all").CopyTo(bytes, 0);
        return bytes;
    });

    [Fact]
    public async Task A_file_cut_short_is_set_aside() => await Check(bytes => bytes[..(bytes.Length / 2)]);

    [Fact]
    public async Task A_file_cut_inside_its_first_page_is_set_aside() => await Check(bytes => bytes[..1000]);

    [Fact]
    public async Task An_overwritten_page_in_the_middle_is_set_aside() => await Check(bytes =>
    {
        var page = bytes.Length / Page / 2;
        bytes.AsSpan(page * Page, Page).Fill(0xA5);
        return bytes;
    });

    [Fact]
    public async Task A_zeroed_first_page_is_set_aside() => await Check(bytes =>
    {
        bytes.AsSpan(0, Page).Clear();
        return bytes;
    });

    [Fact]
    public void A_log_that_lost_its_database_is_set_aside_and_not_deleted()
    {
        File.WriteAllBytes(_folder.Database, []);
        File.WriteAllBytes(_folder.Database + "-wal", [1, 2, 3]);
        using var database = Open();
        Assert.Equal([1, 2, 3], File.ReadAllBytes(_folder.File($"{Aside}-wal")));
    }

    [Fact]
    public void The_log_and_its_index_go_with_the_file_under_names_that_keep_them_together()
    {
        File.WriteAllText(_folder.Database, "no database, but long enough to have a header of one hundred bytes " + new string('x', 200));
        File.WriteAllText(_folder.Database + "-wal", "wal");
        File.WriteAllText(_folder.Database + "-shm", "shm");
        using var database = Open();
        Assert.Equal("wal", File.ReadAllText(_folder.File($"{Aside}-wal")));
        Assert.True(File.Exists(_folder.File($"{Aside}-shm")), "SQLite rewrites the index, but it goes along");
    }

    [Fact]
    public void A_second_damaged_file_within_the_same_second_does_not_overwrite_the_first()
    {
        foreach (var text in new[] { "first", "second" })
        {
            File.WriteAllText(_folder.Database, text + new string('x', 600));
            Open().Dispose();
        }

        Assert.StartsWith("first", File.ReadAllText(_folder.File(Aside)), StringComparison.Ordinal);
        Assert.StartsWith("second", File.ReadAllText(_folder.File($"{Aside}-2")), StringComparison.Ordinal);
    }

    private async Task Check(Func<byte[], byte[]> damage)
    {
        using (var database = Open())
        {
            await database.Services.ApplyAsync([.. Enumerable.Range(0, 500).Select(number => Writes.Put(Samples.Service($"s{number}")))]);
        }

        var damaged = damage(File.ReadAllBytes(_folder.Database));
        File.WriteAllBytes(_folder.Database, damaged);

        using var fresh = Open();
        Assert.Equal(_folder.File(Aside), fresh.SetAside);
        Assert.Equal(damaged, File.ReadAllBytes(_folder.File(Aside)));
        Assert.Contains(Aside, _log.Single(3102), StringComparison.Ordinal);
        Assert.Empty(await fresh.Services.LoadAsync());
        await fresh.Services.ApplyAsync(Writes.Put(Samples.Service("new")));
        Assert.Single(await fresh.Services.LoadAsync());
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder.Database, _log, new FixedTime(Samples.Start));
}
