using Beacon.Mdns.Loop;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section08_LinkChangeTests
{
    [Fact]
    public void Section_20_a_second_family_of_a_link_is_told_and_nothing_is_asked_for_again()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1", ipv6: true));
        var stillAnswered = engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A));
        engine.Advance(TimeSpan.FromSeconds(10));

        Assert.NotEmpty(stillAnswered);
        Assert.Empty(engine.Probes());
        Assert.Contains(
            engine.Sent.Where(packet => packet.IPv6).SelectMany(packet => packet.Message.Answers),
            record => record.Value == "Sensor._http._tcp.local");
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon.local", Type: DecodedRecord.Aaaa });
    }

    [Fact]
    public void Section_20_a_family_that_goes_leaves_the_other_as_it_was()
    {
        var engine = new EngineHarness(ipv6: true).Settle();
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"));
        engine.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(engine.Probes());
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_8_after_a_sleep_every_name_is_asked_for_and_announced_again()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.Engine.OnResumed(engine.Now.Ticks);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, engine.Probes().Count(probe => probe.Message.Questions.Exists(question => question.Name == "Sensor._http._tcp.local")));
        Assert.Contains(engine.MulticastAnswers(), record => record.Value == "Sensor._http._tcp.local");
    }

    [Fact]
    public void Section_8_a_name_taken_while_the_machine_slept_is_given_up()
    {
        var engine = new EngineHarness().Settle();
        engine.Engine.OnResumed(engine.Now.Ticks);
        engine.Advance(300);
        engine.Receive(PacketBuilder.Response().Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true));
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("beacon-2.local", engine.Engine.HostName);
    }

    [Fact]
    public void A_sleep_is_noticed_once_and_a_short_one_not_at_all()
    {
        var slept = TimeSpan.FromHours(3);
        var watch = new SuspendWatch(() => slept);
        Assert.False(watch.HasSlept(At(1)));

        slept += TimeSpan.FromSeconds(4);
        Assert.False(watch.HasSlept(At(3)));

        slept += TimeSpan.FromMinutes(20);
        Assert.False(watch.HasSlept(At(3.5)), "The clocks are compared once a second at most.");
        Assert.True(watch.HasSlept(At(5)));
        Assert.False(watch.HasSlept(At(7)));
    }

    [Fact]
    public void This_machine_did_not_sleep_just_now() => Assert.False(SuspendWatch.OfThisMachine().HasSlept(0));

    private static long At(double seconds) => TimeSpan.FromSeconds(seconds).Ticks;
}
