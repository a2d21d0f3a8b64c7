using System.Text;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class TxtTests
{
    [Fact]
    public void Core_keys_come_first_then_tags_then_the_clients_entries_then_metadata()
    {
        var strings = Strings(Services.Create(
            tags: ["kitchen", "temp"],
            txt: [new("path", "/x"), new("ver", "3")],
            metadata: [new("room", "kitchen"), new("floor", "2")]));

        Assert.Equal(
            ["service_id=00000001-0000-0000-0000-000000000001", "name=Sensor", "type=http", "protocol=http", "version=1.0.0",
             "tags=kitchen,temp", "path=/x", "ver=3", "room=kitchen", "floor=2"],
            strings);
    }

    [Fact]
    public void B25_metadata_never_replaces_a_core_key_but_the_version()
    {
        var strings = Strings(Services.Create(metadata:
        [
            new("type", "esp32"), new("NAME", "evil"), new("service_id", "0"), new("Protocol", "x"), new("tags", "t"), new("Version", "7.1"),
        ]));

        Assert.Contains("type=http", strings);
        Assert.Contains("name=Sensor", strings);
        Assert.Contains("version=7.1", strings);
        Assert.Contains("tags=t", strings);
        Assert.Equal(6, strings.Count);
    }

    [Fact]
    public void B25_strings_are_at_most_255_bytes_and_all_together_at_most_1300()
    {
        var metadata = Enumerable.Range(0, 64).Select(n => new KeyValuePair<string, string>($"key{n}", new string('x', 10 * n))).ToList();
        var rdata = TxtBuilder.ForService(Services.Create(metadata: metadata));

        Assert.InRange(rdata.Length, 1100, 1300);
        Assert.All(Strings(rdata), text => Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 255));
        Assert.Contains("key3=" + new string('x', 30), Strings(rdata));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("schlüssel")]
    [InlineData("tab\t")]
    public void A_key_that_dns_sd_forbids_is_left_out(string key)
    {
        Assert.Equal(5, Strings(Services.Create(metadata: [new(key, "value")])).Count);
    }

    [Fact]
    public void Of_keys_that_differ_in_case_only_the_first_counts()
    {
        var strings = Strings(Services.Create(txt: [new("Room", "a")], metadata: [new("room", "b"), new("ROOM", "c")]));
        Assert.Equal("Room=a", Assert.Single(strings, text => text.StartsWith("room", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void An_empty_value_keeps_its_equals_sign_and_values_are_bytes_without_quotes()
    {
        var strings = Strings(Services.Create(metadata: [new("empty", ""), new("umlaut", "Küche \"1\"")]));
        Assert.Contains("empty=", strings);
        Assert.Contains("umlaut=Küche \"1\"", strings);
    }

    [Fact]
    public void A_long_name_is_cut_between_characters_and_tags_between_tags()
    {
        var strings = Strings(Services.Create(
            name: string.Concat(Enumerable.Repeat("🖨", 100)),
            tags: [.. Enumerable.Range(0, 64).Select(n => $"tag-{n:00}-with-some-text")]));

        Assert.Equal("name=" + string.Concat(Enumerable.Repeat("🖨", 62)), strings[1]);
        var tags = strings.Single(text => text.StartsWith("tags=", StringComparison.Ordinal));
        Assert.InRange(Encoding.UTF8.GetByteCount(tags), 230, 255);
        Assert.EndsWith("-with-some-text", tags, StringComparison.Ordinal);
    }

    private static List<string> Strings(Beacon.Registry.Services.ServiceInstance service) => Strings(TxtBuilder.ForService(service));

    private static List<string> Strings(byte[] rdata) =>
        [.. new DecodedRecord("", DecodedRecord.Txt, 1, false, 0, rdata, rdata).Strings()];
}
