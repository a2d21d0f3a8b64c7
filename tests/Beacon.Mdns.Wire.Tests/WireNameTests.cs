using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests;

public class WireNameTests
{
    [Theory]
    [InlineData("nas.local", "03'nas'05'local'00")]
    [InlineData("nas.local.", "03'nas'05'local'00")]
    [InlineData(".", "00")]
    [InlineData("Lab (Web) \"1\"\\. Küche._http._tcp.local", "15'Lab (Web) \"1\". Küche'05'_http'04'_tcp'05'local'00")]
    [InlineData("a\\\\b", "03'a\\b'00")]
    [InlineData("\\000\\255x", "0300ff'x'00")]
    [InlineData("🏠.local", "04'🏠'05'local'00")]
    [InlineData("\uFEFFx", "04'\uFEFFx'00")]
    public void Text_is_read(string text, string wire)
    {
        Assert.True(WireName.TryParse(text, out var name));
        Assert.Equal(Hex.Show(Hex.Parse(wire)), Hex.Show(name));
        Assert.True(WireName.IsValid(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".local")]
    [InlineData("a..b")]
    [InlineData("a\\")]
    [InlineData("a\\256")]
    [InlineData("a\\300.local")]
    public void Text_that_is_no_name_is_refused(string text)
    {
        Assert.False(WireName.TryParse(text, out var name));
        Assert.Empty(name);
    }

    [Fact]
    public void Half_a_surrogate_is_refused()
    {
        Assert.False(WireName.TryParse("a\uD83Cb", out _));
        Assert.Throws<ArgumentException>(() => WireName.FromLabels("a\uD83C"));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_label_has_63_bytes_at_most(int length, bool fits) => Assert.Equal(fits, WireName.TryParse(new string('x', length) + ".local", out _));

    [Fact]
    public void A_name_has_256_bytes_at_most()
    {
        var label = new string('x', 63);
        Assert.True(WireName.TryParse($"{label}.{label}.{label}.{new string('y', 62)}", out var longest));
        Assert.Equal(DnsLimits.NameLength, longest.Length);
        Assert.False(WireName.TryParse($"{label}.{label}.{label}.{new string('y', 63)}", out _));
        Assert.Equal(longest, WireName.FromLabels(label, label, label, new string('y', 62)));
        Assert.Throws<ArgumentException>(() => WireName.FromLabels(label, label, label, label));
        Assert.Throws<ArgumentException>(() => WireName.FromLabels(label, label, label, new string('y', 61), "z"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_label_of_ours_that_is_none_is_thrown(string label) => Assert.Throws<ArgumentException>(() => WireName.FromLabels(label, "local"));

    [Theory]
    [InlineData("03'nas'05'local'00", "nas.local")]
    [InlineData("00", ".")]
    [InlineData("03'a.b'00", "a\\.b")]
    [InlineData("030a0d0000", "\\010\\013\\000")]
    [InlineData("02c328 00", "\\195(")]
    [InlineData("02c285 00", "\\194\\133")] // a line end of another age
    [InlineData("03e280a8 00", "\\226\\128\\168")] // line separator
    public void Names_from_the_network_are_shown_so_that_no_log_line_breaks(string wire, string text)
    {
        var name = Hex.Parse(wire);
        Assert.Equal(text, WireName.ToText(name));
        Assert.True(WireName.TryParse(text, out var back));
        Assert.Equal(name, back);
    }

    [Theory]
    [InlineData("MyPrinter.LOCAL", "myprinter.local", true)]
    [InlineData("É.local", "é.local", false)]
    [InlineData("a[.local", "a{.local", false)]
    [InlineData("a@.local", "a`.local", false)]
    [InlineData("a.local", "a.local.local", false)]
    public void Only_ascii_letters_ignore_case(string left, string right, bool same)
    {
        Assert.True(WireName.TryParse(left, out var first));
        Assert.True(WireName.TryParse(right, out var second));
        Assert.Equal(same, WireName.Equals(first, second));
        Assert.Equal(same, WireName.Hash(first) == WireName.Hash(second));
    }

    [Fact]
    public void Where_labels_end_counts()
    {
        byte[] two = WireName.FromLabels("a", "b");
        byte[] one = WireName.FromLabels("a\u0001b");
        Assert.False(WireName.Equals(one, two));
    }

    [Theory]
    [InlineData("Web._http._tcp.local", "_http._tcp.local", true)]
    [InlineData("Web._HTTP._tcp.local", "_http._tcp.LOCAL", true)]
    [InlineData("_http._tcp.local", "_http._tcp.local", true)]
    [InlineData("x_http._tcp.local", "_http._tcp.local", false)]
    [InlineData("local", "_tcp.local", false)]
    [InlineData("a.local", ".", true)]
    public void A_name_is_below_another(string name, string ending, bool isBelow)
    {
        Assert.True(WireName.TryParse(name, out var below));
        Assert.True(WireName.TryParse(ending, out var above));
        Assert.Equal(isBelow, WireName.EndsWith(below, above));
    }

    [Theory]
    [InlineData("")]
    [InlineData("03'na'")]
    [InlineData("03'nas'")]
    [InlineData("c00c")]
    [InlineData("40 00")]
    [InlineData("00 00")]
    public void Bytes_that_are_no_name_do_no_harm(string wire)
    {
        var bytes = Hex.Parse(wire);
        Assert.False(WireName.IsValid(bytes));
        _ = WireName.Hash(bytes);
        _ = WireName.ToText(bytes);
        _ = WireName.EndsWith(bytes, Names.Local);
    }

    [Fact]
    public void A_name_that_points_into_itself_is_not_followed_for_ever() => _ = WireName.ToText([1, (byte)'a', 0xC0, 0x00]);

    [Fact]
    public void Labels_are_given_from_left_to_right()
    {
        var labels = new List<string>();
        foreach (var label in WireName.Labels(Names.Web))
        {
            labels.Add(System.Text.Encoding.UTF8.GetString(label));
        }

        Assert.Equal(["Web", "_http", "_tcp", "local"], labels);
    }
}
