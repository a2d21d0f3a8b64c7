using System.Text;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Services;

public sealed class TextPoolTests
{
    private readonly TextPool _pool = new();

    [Theory]
    [InlineData("")]
    [InlineData("kitchen")]
    [InlineData("küche")]
    public void Equal_texts_become_one_object(string text)
    {
        var first = _pool.Share(new StringBuilder(text).ToString());
        Assert.Equal(text, first);
        Assert.Same(first, _pool.Share(new StringBuilder(text).ToString()));
    }

    [Fact]
    public void The_bytes_of_a_text_become_the_same_object_again()
    {
        var first = _pool.Share("kitchen"u8);
        Assert.Equal("kitchen", first);
        Assert.Same(first, _pool.Share("kitchen"u8));
    }

    [Fact]
    public void Bytes_that_are_not_ascii_are_read_as_the_rest_of_the_world_reads_them()
    {
        Assert.Equal("küche", _pool.Share("küche"u8));
        Assert.Equal("\uFFFDx", _pool.Share([0xFF, (byte)'x']));
        Assert.Equal("", _pool.Share([]));
    }

    [Fact]
    public void However_many_come_each_stays_itself()
    {
        for (var i = 0; i < 50_000; i++)
        {
            var text = $"serial-{i}";
            Assert.Equal(text, _pool.Share(text));
            Assert.Equal(text, _pool.Share(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void A_long_text_is_not_kept()
    {
        var text = new string('x', 65);
        Assert.Same(text, _pool.Share(text));
        Assert.NotSame(text, _pool.Share(new string('x', 65)));
    }
}
