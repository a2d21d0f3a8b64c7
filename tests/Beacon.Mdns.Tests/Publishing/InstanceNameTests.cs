using System.Text;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class InstanceNameTests
{
    [Fact]
    public void B24_a_name_of_100_characters_is_announced_cut_to_63_bytes_at_a_character()
    {
        Assert.Equal(new string('a', 63), InstanceNames.FromServiceName(new string('a', 100)));
        var cut = InstanceNames.FromServiceName(new string('ü', 100));
        Assert.Equal(new string('ü', 31), cut);
        var engine = new EngineHarness(services: Services.Create(new string('ü', 100))).Settle();
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask($"{cut}._http._tcp.local", DecodedRecord.Srv)));
    }

    [Theory]
    [InlineData("Web", "Web (2)")]
    [InlineData("Web (2)", "Web (3)")]
    [InlineData("Web (9)", "Web (10)")]
    [InlineData("Web (1)", "Web (1) (2)")]
    [InlineData("Web (x)", "Web (x) (2)")]
    [InlineData("Web()", "Web() (2)")]
    [InlineData("(2)", "(2) (2)")]
    public void Section_9_the_number_counts_up(string label, string next) => Assert.Equal(next, InstanceNames.Next(label));

    [Fact]
    public void Section_9_a_full_label_gives_way_to_the_number_at_a_character()
    {
        var next = InstanceNames.Next(string.Concat(Enumerable.Repeat("🖨", 15)) + "abc");
        Assert.Equal(string.Concat(Enumerable.Repeat("🖨", 14)) + " (2)", next);
        Assert.InRange(Encoding.UTF8.GetByteCount(next), 1, 63);
        var ten = InstanceNames.Next(new string('a', 59) + " (9)");
        Assert.Equal(new string('a', 58) + " (10)", ten);
    }

    [Fact]
    public void Section_4_1_1_names_are_composed_and_lose_control_characters()
    {
        Assert.Equal("Café", InstanceNames.FromServiceName("Cafe\u0301"));
        Assert.Equal("ab", InstanceNames.FromServiceName("a\u0000\u001F\u007F\u0085b"));
        Assert.Equal("Service", InstanceNames.FromServiceName("\u0001"));
    }

    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("a\u0323\u0302", "\u1EAD")]
    [InlineData("a\u0302\u0323", "\u1EAD")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0301x", "\u0301x")]
    [InlineData("🖨 ok", "🖨 ok")]
    public void Rfc5198_normal_form_c(string text, string composed) => Assert.Equal(composed, NormalFormC.Compose(text));

    [Fact]
    public void B27_two_services_with_one_name_and_type_are_both_announced()
    {
        var engine = new EngineHarness(services:
        [
            Services.Create("esp32-sensor", host: "10.77.1.50", id: 1), Services.Create("ESP32-Sensor", host: "10.77.1.51", id: 2),
        ]).Settle();
        var message = engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr))[0].Message;

        Assert.Equal(
            ["Beacon._http._tcp.local", "ESP32-Sensor (2)._http._tcp.local", "esp32-sensor._http._tcp.local"],
            message.Answers.Select(record => record.Value).Order(StringComparer.OrdinalIgnoreCase).OrderBy(value => value[0] != 'B').ThenBy(value => value[0]));
        Assert.Contains(message.Additionals, record => record.Value == "10.77.1.50");
        Assert.Contains(message.Additionals, record => record.Value == "10.77.1.51");
    }

    [Fact]
    public void B27_five_thousand_namesakes_are_told_apart_in_reasonable_time()
    {
        var engine = new EngineHarness(
            services: [.. Enumerable.Range(1, 5000).Select(n => Services.Create("esp32", id: n))]);

        Assert.Equal(5000, engine.Engine.ServiceCount);
        Assert.Equal(5000 + 4, engine.Engine.NameCount);
    }

    [Fact]
    public void Two_services_with_one_name_but_different_types_keep_it()
    {
        var engine = new EngineHarness(services: [Services.Create(id: 1), Services.Create(mdnsType: "_mqtt._tcp", id: 2)]).Settle();
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("Sensor._http._tcp.local", DecodedRecord.Srv)));
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("Sensor._mqtt._tcp.local", DecodedRecord.Srv)));
    }
}
