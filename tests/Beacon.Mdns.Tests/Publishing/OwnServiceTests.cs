using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class OwnServiceTests
{
    [Theory]
    [InlineData("_beacon._tcp.local")]
    [InlineData("_http._tcp.local")]
    public void Beacon_announces_itself_with_path_api_and_version_on_a_host_called_beacon(string type)
    {
        var engine = new EngineHarness().Settle();
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(type, DecodedRecord.Ptr))).Message;

        Assert.Equal($"Beacon.{type}", Assert.Single(message.Answers).Value);
        Assert.Contains(message.Additionals, record => record.Type == DecodedRecord.Srv && record.Value == "beacon.local:8080");
        Assert.Contains(message.Additionals, record => record.Value == "path=/|api=/api/v1|version=2.0.0");
        Assert.Contains(message.Additionals, record => record is { Name: "beacon.local", Value: "10.77.1.1" });
    }

    [Fact]
    public void A_second_beacon_in_the_house_becomes_beacon_2_and_keeps_that_over_a_restart()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        engine.Receive(PacketBuilder.Response()
            .Answer("Beacon._beacon._tcp.local", DecodedRecord.Srv, PacketBuilder.Srv("beacon.local", 8080), flush: true)
            .Answer("Beacon._beacon._tcp.local", DecodedRecord.Txt, PacketBuilder.Txt("path=/other"), ttl: 4500, flush: true)
            .Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true));
        engine.Settle();
        Assert.Equal("beacon-2.local", engine.Engine.HostName);

        var restarted = new EngineHarness(store: engine.Store).Settle();
        var message = Assert.Single(restarted.Ask(PacketBuilder.Query().Ask("_beacon._tcp.local", DecodedRecord.Ptr))).Message;
        Assert.Equal("Beacon (2)._beacon._tcp.local", Assert.Single(message.Answers).Value);
        Assert.Contains(message.Additionals, record => record.Value == "beacon-2.local:8080");
    }

    [Fact]
    public void A_configured_name_is_made_legal()
    {
        var engine = new EngineHarness(options: new MdnsOptions { HostName = "Küche NAS!", InstanceName = "Küche" }).Settle();
        Assert.Equal("k-che-nas.local", engine.Engine.HostName);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("Küche._beacon._tcp.local", DecodedRecord.Srv)));
    }

    [Theory]
    [InlineData("beacon", "beacon", "beacon-2")]
    [InlineData("beacon", "beacon-2", "beacon-3")]
    [InlineData("beacon-10-77-1-50", "beacon-10-77-1-50", "beacon-10-77-1-50-2")]
    [InlineData("beacon-10-77-1-50", "beacon-10-77-1-50-9", "beacon-10-77-1-50-10")]
    public void Section_9_host_names_count_up_behind_a_hyphen(string plain, string current, string next) =>
        Assert.Equal(next, Beacon.Mdns.Publishing.HostNames.Next(plain, current));

    [Fact]
    public void Section_9_a_full_host_label_gives_way_to_the_number()
    {
        var plain = new string('a', 63);
        var second = Beacon.Mdns.Publishing.HostNames.Next(plain, plain);
        Assert.Equal(new string('a', 61) + "-2", second);
        Assert.Equal(new string('a', 61) + "-3", Beacon.Mdns.Publishing.HostNames.Next(plain, second));
    }

    [Fact]
    public void Another_domain_is_used_for_every_name()
    {
        var engine = new EngineHarness(options: new MdnsOptions { Domain = "home.arpa" }, services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.All(engine.MulticastAnswers(), record => Assert.EndsWith(".home.arpa", record.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_any_link_everything_waits_and_comes_up_with_the_first_one()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.SetLinks();
        engine.Settle();
        Assert.Empty(engine.Sent);
        engine.SetLinks(EngineHarness.Link(7, "192.168.1.2"));
        engine.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains(engine.MulticastAnswers(7), record => record is { Name: "beacon.local", Value: "192.168.1.2" });
        Assert.Contains(engine.MulticastAnswers(7), record => record.Value == "10.77.1.50");
    }
}
