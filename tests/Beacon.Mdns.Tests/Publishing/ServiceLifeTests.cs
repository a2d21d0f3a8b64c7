using Beacon.Mdns.Publishing;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Publishing;

public sealed class ServiceLifeTests
{
    private const string Instance = "Sensor._http._tcp.local";

    [Fact]
    public void B6_heartbeats_and_repeated_registrations_cause_no_packet()
    {
        var engine = Started();
        for (var beat = 0; beat < 1000; beat++)
        {
            engine.Tell(Services.Create(), RegistryEventKind.Renewed);
            engine.Tell(Services.Create(), RegistryEventKind.Updated);
            engine.Advance(100);
        }

        Assert.Empty(engine.Sent);
        Assert.Equal(1, engine.Engine.ServiceCount);
    }

    [Theory]
    [InlineData(RegistryEventKind.Expired)]
    [InlineData(RegistryEventKind.Deregistered)]
    [InlineData(RegistryEventKind.Removed)]
    public void B7_no_way_out_of_the_registry_leaves_a_ghost_on_the_network(RegistryEventKind kind)
    {
        var engine = Started();
        engine.Tell(Services.Create(), kind);
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.Contains(engine.MulticastAnswers(), record => record.Value == Instance && record.Ttl == 0);
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Any)));
        Assert.False(engine.Engine.TryGetAnnouncement(Services.Create().Id, out _));
    }

    [Fact]
    public void B8_a_name_that_looks_like_an_option_is_only_a_name()
    {
        const string Evil = "--host=evil.local --domain";
        var engine = Started(Services.Create(Evil, metadata: [new("--subtype", "x"), new("--host", "y")]));
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("--host=evil\\.local --domain._http._tcp.local", DecodedRecord.Any))).Message;

        Assert.Contains(message.Answers, record => record.Value == "beacon-10-77-1-50.local:80");
        Assert.Contains(message.Answers, record => record.Type == DecodedRecord.Txt && record.Strings().Contains("--host=y"));
    }

    [Fact]
    public void B22_what_is_announced_can_be_seen()
    {
        var engine = new EngineHarness();
        engine.Register(Services.Create());
        Assert.Equal(AnnouncementState.Probing, Announcement(engine).State);
        engine.Settle();
        var announcement = Announcement(engine);
        Assert.Equal(AnnouncementState.Announced, announcement.State);
        Assert.Equal(("Sensor", "_http._tcp", "beacon-10-77-1-50.local"), (announcement.InstanceName, announcement.ServiceType, announcement.Target));
        Assert.Equal("10.77.1.50", Assert.Single(announcement.Addresses).ToString());
        Assert.Equal(80, announcement.Port);
        Assert.Contains("protocol=http", announcement.Txt);
    }

    [Theory]
    [InlineData("_my type._tcp._x")]
    [InlineData("http")]
    [InlineData("_http._sctp")]
    [InlineData("")]
    public void A_type_that_is_none_is_refused_with_a_reason(string type)
    {
        var engine = Started(Services.Create(mdnsType: type));
        var announcement = Announcement(engine);
        Assert.Equal(AnnouncementState.Refused, announcement.State);
        Assert.NotNull(announcement.Reason);
        engine.Tell(Services.Create(mdnsType: type), RegistryEventKind.Deregistered);
        Assert.Equal(0, engine.Engine.ServiceCount);
    }

    [Fact]
    public void A_new_port_is_announced_without_probing()
    {
        var engine = Started();
        engine.Tell(Services.Create(port: 81), RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(engine.Probes());
        Assert.Equal("beacon-10-77-1-50.local:81", engine.MulticastAnswers().First(record => record.Type == DecodedRecord.Srv).Value);
    }

    [Fact]
    public void A_new_name_takes_the_old_one_back_and_is_probed()
    {
        var engine = Started();
        engine.Tell(Services.Create("Thermometer"), RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(), record => record.Value == Instance && record.Ttl == 0);
        Assert.Contains(engine.MulticastAnswers(), record => record.Value == "Thermometer._http._tcp.local" && record.Ttl == 4500);
        Assert.Equal(3, engine.Probes().Count());
    }

    [Fact]
    public void A_new_type_takes_the_old_pointer_back()
    {
        var engine = Started();
        engine.Tell(Services.Create(mdnsType: "_mqtt._tcp"), RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_http._tcp.local", Ttl: 0 });
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "_mqtt._tcp.local", Ttl: 4500 });
    }

    [Fact]
    public void Expired_services_of_the_store_are_not_announced_at_start()
    {
        var engine = new EngineHarness(start: false);
        engine.Engine.Start(
            [EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1")], false, [Services.Create().View(ServiceStatus.Expired)], 0);
        engine.Settle();

        Assert.Equal(0, engine.Engine.ServiceCount);
    }

    [Fact]
    public void After_lost_events_what_is_announced_equals_what_is_registered()
    {
        var engine = new EngineHarness(services: [Services.Create("Old", id: 1), Services.Create("Same", id: 2)]).Settle();
        engine.Engine.Synchronise(
            [Services.Create("Same", id: 2).View(), Services.Create("New", id: 3).View(), Services.Create("Gone", id: 4).View(ServiceStatus.Expired)],
            engine.Now.Ticks);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains(engine.MulticastAnswers(), record => record.Value == "Old._http._tcp.local" && record.Ttl == 0);
        Assert.Contains(engine.MulticastAnswers(), record => record.Value == "New._http._tcp.local" && record.Ttl == 4500);
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Value == "Same._http._tcp.local");
        Assert.Equal(2, engine.Engine.ServiceCount);
    }

    private static MdnsAnnouncement Announcement(EngineHarness engine)
    {
        Assert.True(engine.Engine.TryGetAnnouncement(Services.Create().Id, out var announcement));
        return announcement;
    }

    private static EngineHarness Started(ServiceInstance? service = null) =>
        new EngineHarness(services: service ?? Services.Create()).Settle();
}
