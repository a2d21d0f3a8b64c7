using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>Apple's conformance test pulls the cable and starts over: B-1 to B-7 hold on a link that returned as on the first one.</summary>
public sealed class BonjourConformance_HotPlugTests
{
    [Fact]
    public void B_15_a_link_that_returns_sees_three_probes_and_three_announcements()
    {
        var engine = Replugged();
        engine.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(3, engine.Probes().Count());
        Assert.Equal(3, engine.MulticastAnswers().Count(record => record is { Name: "beacon.local", Value: "10.77.1.1" }));
    }

    [Fact]
    public void B_15_a_later_simultaneous_probe_wins_and_the_same_name_is_asked_for_again()
    {
        var engine = Replugged();
        engine.Advance(300);
        var lostAt = engine.Now;
        engine.Sent.Clear();
        engine.Receive(PacketBuilder.Query()
            .Ask("beacon.local", DecodedRecord.Any, qu: true)
            .Authority("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.200")));
        engine.Advance(TimeSpan.FromSeconds(4));

        var again = engine.Probes().First(probe => probe.Message.Questions.Exists(question => question.Name == "beacon.local"));
        Assert.Equal(lostAt + TimeSpan.FromSeconds(1), again.At);
        Assert.Equal("beacon.local", engine.Engine.HostName);
    }

    [Fact]
    public void B_15_each_denial_leads_to_another_name()
    {
        var engine = Replugged();
        foreach (var name in (string[])["beacon.local", "beacon-2.local", "beacon-3.local"])
        {
            engine.Advance(500);
            Assert.Equal(name, engine.Engine.HostName);
            engine.Receive(Denial(name));
        }

        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("beacon-4.local", engine.Engine.HostName);
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon-4.local", Value: "10.77.1.1" });
    }

    [Fact]
    public void B_15_a_later_conflict_is_asked_about_and_the_name_kept_when_nobody_insists()
    {
        var engine = Replugged().Settle();
        engine.Receive(Denial("beacon.local"));
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, engine.Probes().Count());
        Assert.Equal("beacon.local", engine.Engine.HostName);
    }

    private static EngineHarness Replugged()
    {
        var engine = new EngineHarness().Settle();
        engine.SetLinks();
        engine.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(engine.Sent);
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"));
        return engine;
    }

    private static PacketBuilder Denial(string name) =>
        PacketBuilder.Response().Answer(name, DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true);
}
