using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Publishing;

/// <summary>What the network is told of services that are down, and of those that are about to be.</summary>
public sealed class DownTests
{
    private const string Name = "Sensor._http._tcp.local";
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_service_whose_checks_fail_is_withdrawn_within_a_second()
    {
        var engine = Started(new MdnsOptions());

        Turn(engine, ServiceStatus.Unhealthy);
        engine.Advance(ASecond);

        Assert.Contains(engine.MulticastAnswers(), record => record.Value == Name && record.Ttl == 0);
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask(Name, DecodedRecord.Any)));
    }

    [Fact]
    public void A_service_that_recovered_is_announced_again_under_its_name()
    {
        var engine = Started(new MdnsOptions());
        Turn(engine, ServiceStatus.Unhealthy);
        engine.Settle();
        engine.Sent.Clear();

        Turn(engine, ServiceStatus.Active);
        engine.Advance(ASecond * 3);

        Assert.Contains(engine.MulticastAnswers(), record => record.Value == Name && record.Ttl > 0);
    }

    [Fact]
    public void Kept_a_service_whose_checks_fail_causes_no_packet()
    {
        var engine = Started(new MdnsOptions { Unhealthy = DownPolicy.Keep });

        Turn(engine, ServiceStatus.Unhealthy);
        engine.Advance(ASecond * 3);

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void Marked_its_TXT_record_says_so_and_says_so_no_more_when_it_is_back()
    {
        var engine = Started(new MdnsOptions { Unhealthy = DownPolicy.Mark });

        Turn(engine, ServiceStatus.Unhealthy);
        engine.Settle();
        Assert.Contains("status=unhealthy", Txt(engine));

        Turn(engine, ServiceStatus.Active);
        engine.Settle();
        Assert.DoesNotContain(Txt(engine), text => text.StartsWith("status=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mark_is_stronger_than_what_the_client_calls_status()
    {
        var engine = Started(new MdnsOptions { Unhealthy = DownPolicy.Mark }, Services.Create(metadata: [new("status", "fine")]));

        Turn(engine, ServiceStatus.Unhealthy, Services.Create(metadata: [new("status", "fine")]));
        engine.Settle();

        Assert.Equal("status=unhealthy", Assert.Single(Txt(engine), text => text.StartsWith("status=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(DownPolicy.Withdraw, false)]
    [InlineData(DownPolicy.Keep, true)]
    [InlineData(DownPolicy.Mark, true)]
    public void A_planned_interruption_has_a_rule_of_its_own_whatever_the_checks_say(DownPolicy policy, bool isFound)
    {
        var engine = Started(new MdnsOptions { Unhealthy = DownPolicy.Withdraw, Maintenance = policy });

        Turn(engine, ServiceStatus.Unhealthy, Planned());
        engine.Settle();

        var texts = engine.Ask(PacketBuilder.Query().Ask(Name, DecodedRecord.Txt)).SelectMany(x => x.Message.Answers).SelectMany(x => x.Strings()).ToList();
        Assert.Equal(isFound, texts.Count > 0);
        Assert.Equal(policy == DownPolicy.Mark, texts.Contains("status=maintenance"));
    }

    [Fact]
    public void What_is_down_when_Beacon_starts_is_not_announced()
    {
        var engine = new EngineHarness();

        engine.Engine.Synchronise([Services.Create().View(ServiceStatus.Unhealthy)], 0);
        engine.Settle();

        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask(Name, DecodedRecord.Any)));
    }

    [Fact]
    public void The_name_won_in_a_conflict_is_kept_while_it_is_down_and_free_when_it_is_gone()
    {
        var store = new MemoryNameStore();
        var key = $"service/{Services.Create().Id}/Sensor._http._tcp";
        store.Write(key, "Sensor (2)");
        var engine = Started(new MdnsOptions(), store: store);

        Turn(engine, ServiceStatus.Unhealthy);
        engine.Settle();
        Assert.Equal("Sensor (2)", store.Read(key));

        engine.Tell(Services.Create(), RegistryEventKind.Deregistered);
        Assert.Null(store.Read(key));
    }

    private static ServiceInstance Planned() =>
        Services.Create() with { Maintenance = new Maintenance(Then, Then.AddHours(1), "new disks") };

    private static EngineHarness Started(MdnsOptions options, ServiceInstance? service = null, MemoryNameStore? store = null)
    {
        var engine = new EngineHarness(options: options, store: store);
        engine.Register(service ?? Services.Create());
        engine.Settle();
        engine.Sent.Clear();
        return engine;
    }

    private static void Turn(EngineHarness engine, ServiceStatus status, ServiceInstance? service = null) =>
        engine.Tell(new RegistryEvent(1, RegistryEventKind.HealthChanged, Then, (service ?? Services.Create()).View(status), 0));

    private static IReadOnlyList<string> Txt(EngineHarness engine)
    {
        var message = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Name, DecodedRecord.Txt))).Message;
        return [.. Assert.Single(message.Answers).Strings()];
    }
}
