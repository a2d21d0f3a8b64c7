using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class HostTests
{
    private const string Instance = "Sensor._iot._tcp.local";

    [Fact]
    public void B4_the_srv_target_is_the_services_host_and_not_beacons()
    {
        var (target, addresses) = Announced("10.77.1.50");
        Assert.Equal("beacon-10-77-1-50.local", target);
        Assert.Equal(["10.77.1.50"], addresses);
    }

    [Theory]
    [InlineData("fd00:77::50", "beacon-fd00-77-0-0-0-0-0-50.local", "fd00:77::50")]
    [InlineData("::ffff:10.77.1.50", "beacon-10-77-1-50.local", "10.77.1.50")]
    [InlineData("[fd00:77::50]", "beacon-fd00-77-0-0-0-0-0-50.local", "fd00:77::50")]
    [InlineData(" 10.77.1.50 ", "beacon-10-77-1-50.local", "10.77.1.50")]
    [InlineData("10.77.1.50 127.0.0.1", "beacon-10-77-1-50.local", "10.77.1.50")]
    public void An_address_gets_a_host_name_made_of_it(string host, string expected, string address)
    {
        var (target, addresses) = Announced(host);
        Assert.Equal(expected, target);
        Assert.Equal([address], addresses);
    }

    [Fact]
    public void All_addresses_of_a_blank_separated_list_are_announced_under_one_name_of_their_own()
    {
        var (target, addresses) = Announced("10.77.1.50 10.78.1.50 fd00::50");
        Assert.Matches("^beacon-10-77-1-50-[0-9a-f]{8}\\.local$", target);
        Assert.Equal(["10.77.1.50", "10.78.1.50", "fd00::50"], addresses);
        Assert.Equal(target, Announced("10.77.1.50 10.78.1.50 fd00::50").Target);
        Assert.NotEqual(target, Announced("10.77.1.50 10.78.1.51").Target);
    }

    [Fact]
    public void A_local_name_is_the_target_and_its_addresses_are_never_ours_to_give()
    {
        var engine = Started(Services.Create(host: "NAS.local", mdnsType: "_iot._tcp"));
        var message = Srv(engine);
        Assert.Equal("nas.local:80", Assert.Single(message.Answers).Value);
        Assert.Empty(message.Additionals);
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("nas.local", DecodedRecord.A)));
        Assert.Empty(engine.Lookups);

        engine.Stop();
        engine.Advance(900);
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Name == "nas.local");
    }

    [Fact]
    public void Beacons_own_local_name_leads_to_beacons_own_host()
    {
        var (target, addresses) = Announced("beacon.local");
        Assert.Equal("beacon.local", target);
        Assert.Equal(["10.77.1.1"], addresses);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("db.localhost")]
    [InlineData("not an address")]
    public void A_host_nobody_else_can_use_becomes_the_address_the_registration_came_from(string host)
    {
        var (target, addresses) = Announced(host, "10.77.1.60");
        Assert.Equal("beacon-10-77-1-60.local", target);
        Assert.Equal(["10.77.1.60"], addresses);
    }

    [Theory]
    [InlineData("10.77.1.60", "beacon-10-77-1-60.local")]
    [InlineData("192.168.9.9", "beacon-192-168-9-9.local")]
    [InlineData("::ffff:10.77.1.60", "beacon-10-77-1-60.local")]
    [InlineData("127.0.0.1", "beacon.local")]
    [InlineData("::1", "beacon.local")]
    [InlineData("10.77.1.1", "beacon.local")]
    [InlineData("172.17.0.5", "beacon.local")]
    [InlineData("203.0.113.5", "beacon.local")]
    [InlineData(null, "beacon.local")]
    public void Only_an_address_of_this_network_stands_in_for_a_useless_host(string? source, string expected) =>
        Assert.Equal(expected, Announced("localhost", source).Target);

    [Fact]
    public void A_container_name_is_looked_up_and_announced_by_the_source_address_only_after_that_failed()
    {
        var engine = Started(Services.Create(host: "homegrow", mdnsType: "_iot._tcp", source: "10.77.1.60"));
        Assert.Equal(["homegrow"], engine.Lookups);
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv)));
        Assert.Equal(AnnouncementState.WaitingForAddress, State(engine).State);

        engine.Resolve("homegrow");
        engine.Settle();
        Assert.Equal("beacon-10-77-1-60.local:80", Assert.Single(Srv(engine).Answers).Value);
    }

    [Fact]
    public void A_name_that_leads_to_loopback_counts_as_unresolvable()
    {
        var engine = Started(Services.Create(host: "homegrow", mdnsType: "_iot._tcp"));
        engine.Resolve("homegrow", "127.0.1.1");
        engine.Settle();
        Assert.Equal("beacon.local:80", Assert.Single(Srv(engine).Answers).Value);
    }

    [Fact]
    public void A_unicast_name_is_announced_under_a_host_of_ours_and_followed_when_its_address_changes()
    {
        var engine = Started(Services.Create(host: "nas.lan", mdnsType: "_iot._tcp"));
        engine.Resolve("nas.lan", "10.77.1.70");
        engine.Settle();
        Assert.Equal("beacon-nas-lan.local:80", Assert.Single(Srv(engine).Answers).Value);
        Assert.Single(engine.Lookups);

        engine.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(2, engine.Lookups.Count);
        engine.Sent.Clear();
        engine.Resolve("nas.lan", "10.77.1.71");
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(engine.Probes());
        Assert.All(engine.MulticastAnswers().Where(record => record.Type == DecodedRecord.A), record => Assert.Equal("10.77.1.71", record.Value));
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon-nas-lan.local", Flush: true, Ttl: 120 });
    }

    [Fact]
    public void Look_ups_are_repeated_with_pauses_that_grow_from_5_seconds_to_5_minutes()
    {
        var engine = Started(Services.Create(host: "homegrow", mdnsType: "_iot._tcp"));
        var gaps = new List<double>();
        for (var failure = 0; failure < 9; failure++)
        {
            var seen = engine.Lookups.Count;
            engine.Resolve("homegrow");
            var failed = engine.Now;
            while (engine.Lookups.Count == seen)
            {
                engine.Advance(500);
            }

            gaps.Add((engine.Now - failed).TotalSeconds);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300], gaps);
    }

    [Fact]
    public void A_name_that_resolves_late_moves_the_service_to_its_host()
    {
        var engine = Started(Services.Create(host: "nas.lan", mdnsType: "_iot._tcp"));
        engine.Resolve("nas.lan");
        engine.Settle();
        Assert.Equal("beacon.local:80", Assert.Single(Srv(engine).Answers).Value);

        engine.Advance(TimeSpan.FromSeconds(6));
        engine.Resolve("nas.lan", "10.77.1.70");
        engine.Settle();
        Assert.Equal("beacon-nas-lan.local:80", Assert.Single(Srv(engine).Answers).Value);
    }

    [Fact]
    public void A_name_server_that_fails_later_does_not_move_the_service()
    {
        var engine = Started(Services.Create(host: "nas.lan", mdnsType: "_iot._tcp"));
        engine.Resolve("nas.lan", "10.77.1.70");
        engine.Settle();
        engine.Advance(TimeSpan.FromSeconds(60));
        engine.Resolve("nas.lan");
        engine.Settle();
        Assert.Equal("beacon-nas-lan.local:80", Assert.Single(Srv(engine).Answers).Value);
    }

    [Fact]
    public void At_most_eight_look_ups_run_at_once_and_none_for_services_that_left()
    {
        var services = Enumerable.Range(1, 20).Select(n => Services.Create($"S{n}", host: $"host{n}", id: n)).ToArray();
        var engine = Started(services);
        Assert.Equal(8, engine.Lookups.Count);
        var waiting = services.First(service => !engine.Lookups.Contains(service.Host));
        engine.Tell(waiting, RegistryEventKind.Deregistered);
        for (var at = 0; at < engine.Lookups.Count; at++)
        {
            engine.Resolve(engine.Lookups[at], $"10.77.1.{at + 100}");
            engine.Advance(10);
        }

        Assert.Equal(19, engine.Lookups.Distinct().Count());
        Assert.DoesNotContain(waiting.Host, engine.Lookups);
    }

    [Fact]
    public void Addresses_of_a_services_host_are_announced_on_every_link_even_of_another_subnet()
    {
        var engine = new EngineHarness(twoLinks: true, services: Services.Create()).Settle();
        foreach (var link in new[] { EngineHarness.Eth0, EngineHarness.Eth1 })
        {
            engine.Sent.Clear();
            engine.Receive(PacketBuilder.Query().Ask("beacon-10-77-1-50.local", DecodedRecord.A), link: link);
            Assert.Equal("10.77.1.50", Assert.Single(Assert.Single(engine.Sent).Message.Answers).Value);
        }
    }

    [Fact]
    public void P1_link_local_addresses_are_announced_on_their_own_link_only()
    {
        var engine = new EngineHarness(twoLinks: true, services: Services.Create(host: "fe80::50%3 10.77.2.50")).Settle();
        var target = engine.Engine.TryGetAnnouncement(Services.Create().Id, out var announcement) ? announcement.Target : "";
        foreach (var (link, expected) in new[] { (EngineHarness.Eth0, 0), (EngineHarness.Eth1, 1) })
        {
            engine.Sent.Clear();
            engine.Receive(PacketBuilder.Query().Ask(target, DecodedRecord.Any), link: link);
            Assert.Equal(expected, Assert.Single(engine.Sent).Message.Answers.Count(record => record.Type == DecodedRecord.Aaaa));
        }
    }

    [Fact]
    public void X1_no_reverse_pointer_is_ever_claimed_announced_or_answered()
    {
        var engine = Started(Services.Create());
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("1.1.77.10.in-addr.arpa", DecodedRecord.Ptr)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("50.1.77.10.in-addr.arpa", DecodedRecord.Any)));
    }

    [Fact]
    public void A_changed_host_takes_the_old_address_back_and_gives_the_new_one()
    {
        var engine = Started(Services.Create(mdnsType: "_iot._tcp"));
        engine.Tell(Services.Create(host: "10.77.1.51", mdnsType: "_iot._tcp"), RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon-10-77-1-50.local", Ttl: 0 });
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon-10-77-1-51.local", Ttl: 120 });
        Assert.Equal("beacon-10-77-1-51.local:80", Assert.Single(Srv(engine).Answers).Value);
    }

    private static (string Target, List<string> Addresses) Announced(string host, string? source = null)
    {
        var engine = Started(Services.Create(host: host, mdnsType: "_iot._tcp", source: source));
        foreach (var name in engine.Lookups.ToList())
        {
            engine.Resolve(name);
        }

        engine.Settle();
        var message = Srv(engine);
        var target = message.Answers[0].Value;
        return (
            target[..target.LastIndexOf(':')],
            [.. message.Additionals.Where(record => record.Type is DecodedRecord.A or DecodedRecord.Aaaa).Select(record => record.Value)]);
    }

    private static DecodedMessage Srv(EngineHarness engine)
    {
        engine.Advance(TimeSpan.FromSeconds(2));
        return Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv))).Message;
    }

    private static MdnsAnnouncement State(EngineHarness engine)
    {
        Assert.True(engine.Engine.TryGetAnnouncement(Services.Create().Id, out var announcement));
        return announcement;
    }

    private static EngineHarness Started(params Beacon.Registry.Services.ServiceInstance[] services) =>
        new EngineHarness(services: services).Settle();
}
