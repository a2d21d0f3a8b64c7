using System.Text;
using Beacon.Aot.Api;

namespace Beacon.Aot.Tests.Api;

public sealed class EntityTagTests
{
    private const string Body = """{"services":[{"name":"sensor","expires_at":"2026-11-23T08:30:01.670558Z"}],"total":1}""";

    [Fact]
    public void Every_single_bit_of_a_body_and_its_length_change_the_tag()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var tags = new HashSet<string> { EntityTag.Of(body), EntityTag.Of([]), EntityTag.Of([0]), EntityTag.Of([0, 0]) };
        var expected = tags.Count;
        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            body[bit / 8] ^= (byte)(1 << (bit % 8));
            tags.Add(EntityTag.Of(body));
            body[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(4, expected);
        Assert.Equal(expected + (body.Length * 8), tags.Count);
    }

    [Fact]
    public void Two_lists_that_differ_only_in_the_order_of_their_words_differ_in_their_tags() =>
        Assert.NotEqual(EntityTag.Of("aaaaaaaabbbbbbbb"u8), EntityTag.Of("bbbbbbbbaaaaaaaa"u8));

    [Theory]
    [InlineData("\"0123456789abcdef\"", true)]
    [InlineData("W/\"0123456789abcdef\"", true)]
    [InlineData("\"x\", \"0123456789abcdef\" , \"y\"", true)]
    [InlineData(" * ", true)]
    [InlineData("\"0123456789abcde\"", false)]
    [InlineData("0123456789abcdef", false)]
    [InlineData("\"x*\"", false)]
    [InlineData("", false)]
    public void If_None_Match_may_be_a_list_weak_or_a_star(string header, bool matches) =>
        Assert.Equal(matches, EntityTag.Matches(header, "\"0123456789abcdef\""));
}
