using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section08_ProbingTests
{
    private const string Instance = "Sensor._http._tcp.local";
    private const string Host = "beacon-10-77-1-50.local";

    [Fact]
    public void Section_8_1_three_probes_250_ms_apart_and_the_announcement_250_ms_after_the_third()
    {
        var engine = new EngineHarness();
        engine.Advance(TimeSpan.FromSeconds(5));

        var probes = engine.Probes().ToList();
        Assert.Equal(3, probes.Count);
        Assert.InRange(probes[0].At, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromMilliseconds(250), probes[1].At - probes[0].At);
        Assert.Equal(TimeSpan.FromMilliseconds(250), probes[2].At - probes[1].At);
        var announced = engine.Sent.First(packet => packet.Message.IsResponse);
        Assert.Equal(TimeSpan.FromMilliseconds(250), announced.At - probes[2].At);
    }

    [Fact]
    public void Section_8_1_the_first_probe_waits_a_random_time_of_up_to_250_ms()
    {
        var starts = Enumerable.Range(1, 200).Select(seed =>
        {
            var engine = new EngineHarness(seed);
            engine.Advance(300);
            return engine.Probes().First().At.TotalMilliseconds;
        }).ToList();

        Assert.InRange(starts.Min(), 0, 20);
        Assert.InRange(starts.Max(), 230, 250);
        Assert.InRange(starts.Average(), 105, 145);
    }

    [Fact]
    public void Section_8_1_probes_ask_any_with_unicast_wanted_and_propose_all_records_without_flush_bit()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(300);

        var probe = engine.Probes().First().Message;
        Assert.All(probe.Questions, question => Assert.Equal(DecodedRecord.Any, question.Type));
        Assert.All(probe.Questions, question => Assert.True(question.WantsUnicast));
        Assert.Equal(0, probe.Id);
        Assert.Equal(0, probe.Flags);
        Assert.Contains(probe.Questions, question => question.Name == Instance);
        Assert.Contains(probe.Questions, question => question.Name == Host);
        Assert.Contains(probe.Authorities, record => record.Name == Instance && record.Type == DecodedRecord.Srv);
        Assert.Contains(probe.Authorities, record => record.Name == Instance && record.Type == DecodedRecord.Txt);
        Assert.Contains(probe.Authorities, record => record.Name == Host && record.Value == "10.77.1.50");
        Assert.All(probe.Authorities, record => Assert.False(record.Flush));
    }

    [Fact]
    public void Section_15_1_beside_another_responder_probes_do_not_ask_for_unicast_answers()
    {
        var engine = new EngineHarness(sharesPort: true);
        engine.Advance(300);

        Assert.All(engine.Probes().First().Message.Questions, question => Assert.False(question.WantsUnicast));
    }

    [Fact]
    public void Section_8_1_two_hundred_services_share_probe_packets_that_respect_the_mtu()
    {
        var services = Enumerable.Range(1, 200).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services);
        engine.Advance(TimeSpan.FromSeconds(2));

        var probes = engine.Probes().ToList();
        Assert.InRange(probes.Count, 3, 3 * 60);
        Assert.All(probes, probe => Assert.InRange(probe.Bytes.Length, 12, 1472));
        Assert.Equal(3 * 204, probes.Sum(probe => probe.Message.Questions.Count));
    }

    [Fact]
    public void Section_8_1_two_thousand_services_take_a_small_share_of_a_slow_link_until_all_are_announced()
    {
        const int EthernetAndIPv6AndUdp = 14 + 40 + 8;
        const int FivePercentOfHundredMegabit = 100_000_000 / 8 / 20;
        var engine = new EngineHarness(
            ipv6: true,
            services: [.. Enumerable.Range(1, 2000).Select(n => Services.Create($"Sensor {n}", id: n))]);
        engine.Advance(TimeSpan.FromSeconds(20));

        Assert.All(engine.Sent.GroupBy(packet => packet.At), burst => Assert.InRange(burst.Count(), 1, 64));
        Assert.All(
            engine.Sent.GroupBy(packet => (long)packet.At.TotalSeconds),
            second => Assert.InRange(second.Sum(packet => packet.Bytes.Length + EthernetAndIPv6AndUdp), 1, FivePercentOfHundredMegabit));
        Assert.Equal(2000, engine.MulticastAnswers()
            .Where(record => record.Type == DecodedRecord.Srv && record.Name.StartsWith("Sensor", StringComparison.Ordinal))
            .Select(record => record.Name).Distinct().Count());
        Assert.All(
            engine.Probes().Where(probe => !probe.IPv6).SelectMany(probe => probe.Message.Questions).GroupBy(question => question.Name),
            asked => Assert.Equal(3, asked.Count()));
    }

    [Fact]
    public void Section_8_1_nothing_is_answered_before_the_name_is_claimed()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(300);
        var answers = engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv).Ask("_http._tcp.local", DecodedRecord.Ptr));

        Assert.DoesNotContain(answers, packet => packet.Message.IsResponse);
    }

    [Fact]
    public void Section_8_1_a_conflicting_response_before_the_first_probe_is_ignored()
    {
        var engine = new EngineHarness(seed: 3, services: Services.Create());
        engine.Receive(PacketBuilder.Response().Answer(Instance, DecodedRecord.Srv, PacketBuilder.Srv("other.local", 1), flush: true));
        engine.Settle();

        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv)));
    }

    [Fact]
    public void Section_8_1_a_conflicting_response_of_any_type_while_probing_means_another_name()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(300);
        engine.Receive(PacketBuilder.Response().Answer(Instance, 13, [1, (byte)'X', 1, (byte)'Y'], flush: true));
        engine.Settle();

        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("Sensor (2)._http._tcp.local", DecodedRecord.Srv)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Srv)));
    }

    [Fact]
    public void Section_8_1_the_same_data_from_another_host_is_no_conflict()
    {
        var engine = new EngineHarness();
        engine.Register(Services.Create());
        engine.Advance(300);
        engine.Receive(PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        engine.Settle();

        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask(Host, DecodedRecord.A)));
    }

    [Fact]
    public void Section_8_1_fifteen_conflicts_in_ten_seconds_slow_every_further_attempt_to_five_seconds()
    {
        var engine = new EngineHarness();
        var lastAttempt = TimeSpan.Zero;
        var gaps = new List<TimeSpan>();
        for (var denials = 0; denials < 20; denials++)
        {
            var seen = engine.Sent.Count;
            while (!engine.Sent.Skip(seen).Any(packet => packet.Message.IsProbe && HostQuestion(packet) is not null))
            {
                engine.Advance(5);
            }

            var probe = engine.Sent.Skip(seen).First(packet => packet.Message.IsProbe && HostQuestion(packet) is not null);
            gaps.Add(probe.At - lastAttempt);
            lastAttempt = probe.At;
            engine.Receive(PacketBuilder.Response().Answer(
                HostQuestion(probe)!, DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true));
        }

        Assert.All(gaps[1..15], gap => Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromMilliseconds(300)));
        Assert.All(gaps[16..], gap => Assert.InRange(gap, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public void Section_8_2_a_later_simultaneous_probe_wins_and_the_same_name_is_asked_for_again_after_a_second()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        var lostAt = engine.Now;
        engine.Receive(Rival("10.77.1.200"));
        engine.Sent.Clear();
        engine.Advance(TimeSpan.FromSeconds(4));

        var again = engine.Probes().First(probe => HostQuestion(probe) is not null);
        Assert.Equal(lostAt + TimeSpan.FromSeconds(1), again.At);
        Assert.Equal("beacon.local", HostQuestion(again));
        Assert.Contains(engine.MulticastAnswers(), record => record.Name == "beacon.local" && record.Value == "10.77.1.1");
    }

    [Fact]
    public void Section_8_2_an_earlier_simultaneous_probe_loses_and_is_ignored()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        var first = engine.Probes().First().At;
        engine.Receive(Rival("10.77.0.200"));
        engine.Advance(TimeSpan.FromSeconds(1));

        var announced = engine.Sent.First(packet => packet.Message.Answers.Exists(record => record.Name == "beacon.local"));
        Assert.Equal(first + TimeSpan.FromMilliseconds(750), announced.At);
    }

    [Fact]
    public void Section_8_2_1_of_equal_beginnings_the_longer_list_wins()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        engine.Sent.Clear();
        engine.Receive(Rival("10.77.1.1").Authority("beacon.local", DecodedRecord.Aaaa, PacketBuilder.Address("fd00::1")));
        engine.Advance(900);

        Assert.DoesNotContain(engine.Probes(), probe => HostQuestion(probe) is not null);
    }

    [Fact]
    public void Section_8_2_authority_records_under_other_names_prove_nothing()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        engine.Receive(PacketBuilder.Query()
            .Ask("beacon.local", DecodedRecord.Any)
            .Authority("other.local", DecodedRecord.A, PacketBuilder.Address("10.99.99.99")));
        engine.Advance(900);

        Assert.Contains(engine.MulticastAnswers(), record => record.Name == "beacon.local");
    }

    [Fact]
    public void Section_8_2_our_own_probe_that_a_bridge_brings_to_another_link_of_ours_is_no_rival()
    {
        var engine = new EngineHarness(twoLinks: true);
        engine.Advance(600);
        foreach (var probe in engine.Probes(EngineHarness.Eth0).ToList())
        {
            engine.Receive(probe.Bytes, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353), link: EngineHarness.Eth1);
        }

        foreach (var probe in engine.Probes(EngineHarness.Eth1).ToList())
        {
            engine.Receive(probe.Bytes, new IPEndPoint(IPAddress.Parse("10.77.2.1"), 5353), link: EngineHarness.Eth0);
        }

        engine.Advance(600);
        Assert.Contains(engine.MulticastAnswers(EngineHarness.Eth0), record => record.Name == "beacon.local");
        Assert.Contains(engine.MulticastAnswers(EngineHarness.Eth1), record => record.Name == "beacon.local");
    }

    [Fact]
    public void Section_8_1_a_probe_for_a_name_we_hold_is_answered_at_once_to_the_asker()
    {
        var engine = new EngineHarness().Settle();
        var asked = engine.Now;
        engine.Receive(Rival("10.77.1.200").ToArray());

        var defence = Assert.Single(engine.Sent, packet => !packet.IsMulticast);
        Assert.Equal(asked, defence.At);
        Assert.Equal("10.77.1.1", Assert.Single(defence.Message.Answers).Value);
    }

    [Fact]
    public void Section_6_a_name_announced_100_ms_ago_is_defended_by_multicast_250_ms_after_the_announcement()
    {
        var engine = new EngineHarness();
        while (!engine.MulticastAnswers().Any())
        {
            engine.Advance(1);
        }

        var announced = engine.Sent[^1].At;
        engine.Advance(100);
        engine.Sent.Clear();
        engine.Receive(PacketBuilder.Query()
            .Ask("beacon.local", DecodedRecord.Any)
            .Authority("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.200")));
        engine.Advance(300);

        var defence = engine.Sent.First(packet => packet.IsMulticast && packet.Message.IsResponse);
        Assert.Equal(announced + TimeSpan.FromMilliseconds(250), defence.At);
    }

    private static PacketBuilder Rival(string address) => PacketBuilder.Query()
        .Ask("beacon.local", DecodedRecord.Any, qu: true)
        .Authority("beacon.local", DecodedRecord.A, PacketBuilder.Address(address));

    private static string? HostQuestion(SentPacket packet) => packet.Message.Questions
        .Select(question => question.Name)
        .FirstOrDefault(name => name.StartsWith("beacon", StringComparison.Ordinal) && !name.Contains('_', StringComparison.Ordinal));
}
