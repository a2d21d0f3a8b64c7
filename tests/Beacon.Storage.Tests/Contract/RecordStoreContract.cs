using System.Text;

namespace Beacon.Storage.Tests.Contract;

/// <summary>What every store of small records must do.</summary>
public abstract class RecordStoreContract
{
    protected abstract IRecordStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_record_is_null() => Assert.Null(await Store.ReadAsync("mdns", "host", Token));

    [Fact]
    public async Task A_record_comes_back_as_it_was_written()
    {
        var json = Encoding.UTF8.GetBytes("""{"name":"beacon-2 🍳"}""");
        await Store.WriteAsync("mdns", "host", json, Token);
        var read = await Store.ReadAsync("mdns", "host", Token);
        Assert.Equal(json, read!.Value.ToArray());
    }

    [Fact]
    public async Task A_record_is_replaced_by_the_next_under_its_key()
    {
        await Store.WriteAsync("mdns", "host", "1"u8.ToArray(), Token);
        await Store.WriteAsync("mdns", "host", "2"u8.ToArray(), Token);
        Assert.Equal("2"u8.ToArray(), (await Store.ReadAsync("mdns", "host", Token))!.Value.ToArray());
    }

    [Fact]
    public async Task The_buffer_of_a_write_may_be_used_again_afterwards()
    {
        var buffer = "1"u8.ToArray();
        await Store.WriteAsync("mdns", "host", buffer, Token);
        buffer[0] = (byte)'9';
        Assert.Equal("1"u8.ToArray(), (await Store.ReadAsync("mdns", "host", Token))!.Value.ToArray());
    }

    [Fact]
    public async Task Collections_do_not_see_each_other()
    {
        await Store.WriteAsync("a", "id", "1"u8.ToArray(), Token);
        Assert.Null(await Store.ReadAsync("b", "id", Token));
    }

    [Fact]
    public async Task A_deleted_record_is_null_again_and_deleting_twice_is_no_error()
    {
        await Store.WriteAsync("mdns", "host", "1"u8.ToArray(), Token);
        await Store.DeleteAsync("mdns", "host", Token);
        await Store.DeleteAsync("mdns", "host", Token);
        Assert.Null(await Store.ReadAsync("mdns", "host", Token));
    }
}
