using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Engine;

/// <summary>What the simulated network found wrong with the engine, each as the few packets it comes down to.</summary>
public class FoundBySimulationTests
{
    private const string Sensor = "Sensor._http._tcp.local";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    /// <summary>A question a moment after the first announcement was answered in the same instant as the second one was sent.</summary>
    [Fact]
    public void An_answer_that_waits_for_its_second_is_not_sent_beside_an_announcement()
    {
        var harness = new EngineHarness(services: Services.Create());
        while (!harness.MulticastAnswers().Any())
        {
            harness.Advance(10);
        }

        harness.Receive(PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv).Ask(Sensor, DecodedRecord.Txt));
        harness.Advance(TimeSpan.FromSeconds(8));

        AssertSaidAtMostOnceASecond(harness);
    }

    /// <summary>A name that is asked for again after a conflict is back after 750 ms; announcing it then repeated what was just said.</summary>
    [Fact]
    public void A_name_that_is_back_after_a_conflict_is_not_announced_within_a_second()
    {
        var harness = new EngineHarness(services: Services.Create()).Settle();
        harness.Ask(PacketBuilder.Query().Ask(Sensor, DecodedRecord.Srv));

        harness.Receive(PacketBuilder.Response().Answer(Sensor, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 9), flush: true));
        harness.Advance(TimeSpan.FromSeconds(8));

        AssertSaidAtMostOnceASecond(harness);
        Assert.True(harness.MulticastAnswers().Count(record => record.Name == Sensor && record.Type == DecodedRecord.Srv) >= 3);
    }

    /// <summary>
    /// Over a reflector a unicast defence ends at the reflector: the other host claimed the name, and both took it from each other in
    /// turns for as long as they lived.
    /// </summary>
    [Fact]
    public void A_second_probe_is_answered_to_all_because_the_answer_to_the_first_did_not_arrive()
    {
        var harness = new EngineHarness(services: Services.Create()).Settle();
        var probe = PacketBuilder.Query().Ask(Sensor, DecodedRecord.Any, qu: true)
            .Authority(Sensor, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 9));
        var reflector = new IPEndPoint(IPAddress.Parse("10.77.1.7"), 5353);

        var first = harness.Ask(probe, reflector, milliseconds: 250);
        var second = harness.Ask(probe, reflector, milliseconds: 250);

        Assert.All(first, packet => Assert.False(packet.IsMulticast));
        Assert.Contains(second, packet => packet.IsMulticast && packet.Message.Answers.Exists(record => record.Type == DecodedRecord.Srv));
    }

    /// <summary>A new address on one link made the engine forget when the other link had heard "no IPv6 address" last.</summary>
    [Fact]
    public void A_change_on_one_link_does_not_make_another_hear_its_negative_answer_twice_within_a_second()
    {
        var harness = new EngineHarness(twoLinks: true).Settle();
        var question = PacketBuilder.Query().Ask("beacon.local", DecodedRecord.Aaaa);
        harness.Receive(question, link: EngineHarness.Eth1);
        harness.Advance(300);
        harness.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.2"), EngineHarness.Link(EngineHarness.Eth1, "10.77.2.1"));
        harness.Receive(question, link: EngineHarness.Eth1);
        harness.Advance(TimeSpan.FromSeconds(3));

        AssertSaidAtMostOnceASecond(harness, EngineHarness.Eth1);
        Assert.Equal(2, harness.MulticastAnswers(EngineHarness.Eth1).Count(record => record.Type == DecodedRecord.Nsec));
    }

    private static void AssertSaidAtMostOnceASecond(EngineHarness harness, int link = EngineHarness.Eth0)
    {
        var said = harness.Sent.Where(packet => packet.Link == link && packet.IsMulticast && packet.Message.IsResponse)
            .SelectMany(packet => packet.Message.Answers.Select(record => (packet.At, Record: record.ToString())));
        foreach (var copies in said.GroupBy(each => each.Record))
        {
            var instants = copies.Select(each => each.At).ToList();
            Assert.All(instants.Zip(instants.Skip(1)), pair => Assert.True(pair.Second - pair.First >= OneSecond, copies.Key));
        }
    }
}
