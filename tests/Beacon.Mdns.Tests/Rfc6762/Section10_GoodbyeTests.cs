using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section10_GoodbyeTests
{
    private const string Instance = "Sensor._mqtt._tcp.local";

    [Theory]
    [InlineData(RegistryEventKind.Deregistered)]
    [InlineData(RegistryEventKind.Expired)]
    [InlineData(RegistryEventKind.Removed)]
    public void Section_10_1_a_service_that_ends_is_taken_back_within_250_ms(RegistryEventKind kind)
    {
        var engine = Started();
        engine.Tell(Mqtt(), kind);
        engine.Advance(249);

        var goodbyes = engine.MulticastAnswers().Select(record => (record.Name, record.Type, record.Ttl, record.Value)).Distinct().ToList();
        Assert.All(goodbyes, goodbye => Assert.Equal(0u, goodbye.Ttl));
        Assert.Contains(goodbyes, goodbye => goodbye.Name == "_mqtt._tcp.local" && goodbye.Value == Instance);
        Assert.Contains(goodbyes, goodbye => goodbye.Name == Instance && goodbye.Type == DecodedRecord.Srv);
        Assert.Contains(goodbyes, goodbye => goodbye.Name == Instance && goodbye.Type == DecodedRecord.Txt);
        Assert.Contains(goodbyes, goodbye => goodbye.Name == "beacon-10-77-1-50.local" && goodbye.Value == "10.77.1.50");
        Assert.Contains(goodbyes, goodbye => goodbye.Value == "_mqtt._tcp.local");
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("_mqtt._tcp.local", DecodedRecord.Ptr)));
    }

    [Fact]
    public void Section_10_1_the_type_and_the_host_stay_while_another_service_needs_them()
    {
        var engine = new EngineHarness(services: [Mqtt(), Mqtt("Second", 2)]).Settle();
        engine.Tell(Mqtt(), RegistryEventKind.Deregistered);
        engine.Advance(300);

        Assert.Contains(engine.MulticastAnswers(), record => record is { Ttl: 0, Type: DecodedRecord.Srv });
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Name.StartsWith("_services", StringComparison.Ordinal));
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Type == DecodedRecord.A);
    }

    [Fact]
    public void Section_10_1_what_was_never_announced_needs_no_goodbye()
    {
        var engine = new EngineHarness().Settle();
        engine.Register(Mqtt());
        engine.Advance(500);
        engine.Tell(Mqtt(), RegistryEventKind.Deregistered);
        engine.Advance(TimeSpan.FromSeconds(3));

        Assert.DoesNotContain(engine.Sent, packet => packet.Message.IsResponse);
    }

    [Fact]
    public void Section_10_1_a_service_that_returns_at_once_is_probed_and_announced_afresh()
    {
        var engine = Started();
        engine.Tell(Mqtt(), RegistryEventKind.Expired);
        engine.Advance(50);
        engine.Tell(Mqtt(), RegistryEventKind.Revived);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, engine.Probes().Count());
        Assert.Equal(4500u, engine.MulticastAnswers().Last(record => record.Value == Instance).Ttl);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv)));
    }

    [Fact]
    public void Section_10_1_the_second_copy_of_a_goodbye_does_not_take_away_what_came_back()
    {
        var engine = new EngineHarness(ipv6: true).Settle();
        var whole = EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1", ipv6: true);
        engine.SetLinks(whole with { Addresses = [whole.Addresses[0]] });
        engine.Advance(20);
        engine.SetLinks(whole);
        engine.Advance(TimeSpan.FromSeconds(1));

        var states = engine.MulticastAnswers().Where(record => record.Type == DecodedRecord.Aaaa).Select(record => record.Ttl).ToList();
        Assert.Equal(0u, states[0]);
        Assert.Equal(120u, states[^1]);
    }

    [Fact]
    public void Section_10_1_nothing_is_probed_or_announced_after_a_stop()
    {
        var engine = new EngineHarness(services: Mqtt());
        engine.Advance(300);
        engine.Sent.Clear();
        engine.Stop();
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void Section_10_1_a_thousand_goodbyes_share_packets_and_are_paced()
    {
        var services = Enumerable.Range(1, 1000).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        var start = engine.Now;
        foreach (var service in services)
        {
            engine.Tell(service, RegistryEventKind.Expired);
        }

        engine.Advance(TimeSpan.FromSeconds(2));
        var first = engine.Sent.TakeWhile(packet => packet.At - start < TimeSpan.FromMilliseconds(200)).ToList();
        Assert.InRange(first.Count, 50, 400);
        Assert.All(first.GroupBy(packet => packet.At), burst => Assert.InRange(burst.Count(), 1, 16));
        Assert.Equal(1000, engine.MulticastAnswers().Where(record => record.Type == DecodedRecord.Srv).Select(record => record.Name).Distinct().Count());
    }

    [Fact]
    public void Section_10_1_a_stop_says_goodbye_for_everything_on_every_link_pointers_first()
    {
        var engine = new EngineHarness(twoLinks: true, services: Mqtt()).Settle();
        engine.Stop();
        Assert.NotEmpty(engine.MulticastAnswers());
        engine.Advance(900);

        Assert.True(engine.Engine.IsQuiet);
        foreach (var link in new[] { EngineHarness.Eth0, EngineHarness.Eth1 })
        {
            var goodbyes = engine.MulticastAnswers(link).ToList();
            Assert.All(goodbyes, record => Assert.Equal(0u, record.Ttl));
            Assert.Equal(DecodedRecord.Ptr, goodbyes[0].Type);
            Assert.Contains(goodbyes, record => record.Name == Instance);
            Assert.Contains(goodbyes, record => record.Name == "beacon.local");
            Assert.Contains(goodbyes, record => record.Name == "_services._dns-sd._udp.local");
        }

        engine.Sent.Clear();
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    private static Beacon.Registry.Services.ServiceInstance Mqtt(string name = "Sensor", int id = 1) =>
        Services.Create(name, type: "mqtt", mdnsType: "_mqtt._tcp", port: 1883, id: id);

    private static EngineHarness Started() => new EngineHarness(services: Mqtt()).Settle();
}
