using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section09_ConflictTests
{
    private const string Instance = "Sensor._http._tcp.local";

    [Fact]
    public void Section_9_a_held_name_under_attack_is_probed_again_and_kept_when_nobody_insists()
    {
        var engine = Started();
        engine.Receive(HostConflict());
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(3, engine.Probes().Count());
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon.local", Value: "10.77.1.1" });
    }

    [Fact]
    public void Section_9_a_held_name_that_another_host_insists_on_becomes_the_next_one()
    {
        var engine = Started();
        engine.Receive(HostConflict());
        engine.Advance(10);
        engine.Receive(HostConflict());
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon-2.local", Value: "10.77.1.1" });
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Ttl == 0);
        var srv = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("Beacon._beacon._tcp.local", DecodedRecord.Srv)));
        Assert.Equal("beacon-2.local:8080", Assert.Single(srv.Message.Answers).Value);
        Assert.Equal("beacon-2.local", engine.Engine.HostName);
    }

    [Fact]
    public void Section_9_the_name_held_after_a_conflict_is_asked_for_first_after_a_restart()
    {
        var engine = Started();
        engine.Receive(HostConflict());
        engine.Advance(10);
        engine.Receive(HostConflict());
        engine.Advance(TimeSpan.FromSeconds(5));

        var restarted = new EngineHarness(store: engine.Store).Settle();
        Assert.Equal("beacon-2.local", restarted.Engine.HostName);
        Assert.Empty(restarted.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_9_an_instance_name_counts_up_and_loses_no_goodbye_for_the_winner()
    {
        var engine = Started();
        for (var denial = 0; denial < 2; denial++)
        {
            engine.Receive(PacketBuilder.Response().Answer(Instance, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 1), flush: true));
            engine.Advance(10);
        }

        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains(engine.MulticastAnswers(), record => record.Value == "Sensor (2)._http._tcp.local");
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Ttl == 0);
    }

    [Fact]
    public void Section_9_an_instance_name_won_after_a_conflict_is_asked_for_first_after_a_restart_until_the_service_is_gone()
    {
        var service = Services.Create();
        var engine = new EngineHarness(services: service).Settle();
        for (var denial = 0; denial < 2; denial++)
        {
            engine.Receive(PacketBuilder.Response().Answer(Instance, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 1), flush: true));
            engine.Advance(10);
        }

        engine.Advance(TimeSpan.FromSeconds(5));
        var restarted = new EngineHarness(store: engine.Store, services: service);
        restarted.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains(restarted.MulticastAnswers(), record => record.Value == "Sensor (2)._http._tcp.local");
        Assert.DoesNotContain(restarted.Probes(), probe => probe.Message.Questions.Exists(question => question.Name == Instance));

        restarted.Tell(service, RegistryEventKind.Deregistered);
        var registeredAgain = new EngineHarness(store: engine.Store, services: service);
        registeredAgain.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains(registeredAgain.MulticastAnswers(), record => record.Value == Instance);
    }

    [Fact]
    public void Section_9_a_conflict_on_one_link_renames_on_all()
    {
        var engine = new EngineHarness(twoLinks: true).Settle();
        engine.Receive(HostConflict());
        engine.Advance(10);
        engine.Receive(HostConflict());
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(EngineHarness.Eth1), record => record is { Name: "beacon-2.local", Value: "10.77.2.1" });
    }

    [Fact]
    public void Section_9_a_conflict_sent_by_a_responder_on_our_own_host_is_a_conflict()
    {
        var engine = Started();
        var ownAddress = new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353);
        engine.Receive(HostConflict().ToArray(), ownAddress);
        engine.Advance(10);
        engine.Receive(HostConflict().ToArray(), ownAddress);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("beacon-2.local", engine.Engine.HostName);
    }

    [Fact]
    public void Section_10_2_our_addresses_of_a_bridged_link_are_answered_with_ours_but_not_for_ever()
    {
        var engine = new EngineHarness(twoLinks: true).Settle();
        engine.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A));
        var packet = engine.Sent[^1];
        for (var bounce = 0; bounce < 10 && packet is not null; bounce++)
        {
            var other = packet.Link == EngineHarness.Eth0 ? EngineHarness.Eth1 : EngineHarness.Eth0;
            engine.Sent.Clear();
            engine.Receive(packet.Bytes, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353), link: other);
            engine.Advance(50);
            packet = engine.Sent.FirstOrDefault();
            Assert.True(bounce < 2, "The two links answer each other for ever.");
        }

        Assert.Equal("beacon.local", engine.Engine.HostName);
        Assert.Empty(engine.Probes());
    }

    [Fact]
    public void Section_9_two_beacons_with_the_same_services_do_not_fight_over_the_host_of_a_service()
    {
        var first = new EngineHarness(seed: 1, services: Services.Create()).Settle();
        var announcement = first.Ask(PacketBuilder.Query().Ask("beacon-10-77-1-50.local", DecodedRecord.A))[0];

        var second = new EngineHarness(seed: 2, services: Services.Create());
        second.Advance(400);
        second.Receive(announcement.Bytes);
        second.Advance(TimeSpan.FromSeconds(3));

        Assert.Contains(second.MulticastAnswers(), record => record is { Name: "beacon-10-77-1-50.local", Value: "10.77.1.50" });
    }

    [Fact]
    public void Section_9_a_host_that_comes_up_under_the_name_we_gave_it_gets_the_name_and_the_service_stays()
    {
        var engine = Started();
        var conflict = PacketBuilder.Response()
            .Answer("beacon-10-77-1-50.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.51"), flush: true);
        engine.Receive(conflict);
        engine.Advance(10);
        engine.Receive(conflict);
        engine.Advance(TimeSpan.FromSeconds(5));

        var srv = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv)));
        Assert.Equal("beacon-10-77-1-50-2.local:80", Assert.Single(srv.Message.Answers).Value);
        Assert.Contains(srv.Message.Additionals, record => record is { Name: "beacon-10-77-1-50-2.local", Value: "10.77.1.50" });
    }

    private static PacketBuilder HostConflict() => PacketBuilder.Response()
        .Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true);

    private static EngineHarness Started() => new EngineHarness(services: Services.Create()).Settle();
}
