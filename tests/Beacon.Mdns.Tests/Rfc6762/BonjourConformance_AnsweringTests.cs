using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>What Apple's conformance test looks at while a device answers, in virtual time. Numbers are those of docs/rfc-coverage.</summary>
public sealed class BonjourConformance_AnsweringTests
{
    private const string Type = "_http._tcp.local";
    private const string Instance = "Sensor._http._tcp.local";
    private const string Host = "beacon-10-77-1-50.local";
    private static readonly byte[] Sensor = PacketBuilder.Name(Instance);
    private static readonly byte[] Own = PacketBuilder.Name("Beacon._http._tcp.local");

    [Theory]
    [InlineData(Instance, DecodedRecord.Srv)]
    [InlineData(Instance, DecodedRecord.Txt)]
    [InlineData(Instance, DecodedRecord.Any)]
    [InlineData(Host, DecodedRecord.A)]
    [InlineData(Host, DecodedRecord.Any)]
    public void B_8_simple_replies_leave_at_once(string name, ushort type)
    {
        var engine = Started();
        var asked = engine.Now;

        Assert.Equal(asked, Assert.Single(engine.Ask(PacketBuilder.Query().Ask(name, type))).At);
    }

    [Theory]
    [InlineData(DecodedRecord.Ptr)]
    [InlineData(DecodedRecord.Any)]
    public void B_9_shared_replies_are_spread_evenly_over_20_to_120_ms(ushort type)
    {
        const int Tries = 1000;
        var quarters = new int[4];
        var engine = Started();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            engine.Advance(2000);
            var asked = engine.Now;
            var delay = (Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Type, type))).At - asked).TotalMilliseconds;
            Assert.InRange(delay, 20, 120);
            quarters[Math.Min(3, (int)((delay - 20) / 25))]++;
        }

        Assert.All(quarters, quarter => Assert.InRange(quarter, Tries * 20 / 100, Tries * 30 / 100));
    }

    [Fact]
    public void B_10_a_known_answer_whose_life_runs_down_is_confirmed_below_half_of_it()
    {
        var engine = Started();
        for (var left = 4500u; left > 0; left -= 250)
        {
            engine.Advance(2000);
            var answers = engine.Ask(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr)
                .Answer(Type, DecodedRecord.Ptr, Sensor, left)
                .Answer(Type, DecodedRecord.Ptr, Own, 4500));

            Assert.Equal(left >= 2250 ? 0 : 1, answers.Count);
        }
    }

    [Fact]
    public void B_12_of_several_questions_only_what_the_asker_does_not_know_is_answered()
    {
        var engine = Started();
        var asked = engine.Now;
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query()
            .Ask(Type, DecodedRecord.Ptr)
            .Ask(Instance, DecodedRecord.Srv)
            .Ask(Host, DecodedRecord.A)
            .Answer(Type, DecodedRecord.Ptr, Sensor, 4500)
            .Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), 120)));

        Assert.InRange((packet.At - asked).TotalMilliseconds, 20, 120);
        Assert.Equal(
            ["Beacon._http._tcp.local", $"{Host}:80"],
            packet.Message.Answers.Select(record => record.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void B_12_known_answers_of_several_questions_may_follow_in_the_next_packet()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr).Ask(Host, DecodedRecord.A));
        engine.Receive(PacketBuilder.Query()
            .Answer(Type, DecodedRecord.Ptr, Sensor, 4500)
            .Answer(Type, DecodedRecord.Ptr, Own, 4500)
            .Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), 120));
        engine.Advance(TimeSpan.FromSeconds(3));

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void B_22_ten_askers_at_once_cause_one_packet()
    {
        var engine = Started();
        for (var asker = 0; asker < 10; asker++)
        {
            engine.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
            engine.Advance(1);
        }

        engine.Advance(2000);
        Assert.Single(engine.Sent);
    }

    [Fact]
    public void B_16_B_19_and_B_20_no_packet_of_a_whole_life_repeats_a_record_or_has_a_wrong_flush_bit()
    {
        var services = Enumerable.Range(1, 30).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(twoLinks: true, ipv6: true, services: services);
        engine.Advance(TimeSpan.FromSeconds(10));
        engine.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr).Ask(Type, DecodedRecord.Any).Ask(Host, DecodedRecord.Any));
        engine.Receive(PacketBuilder.Query().Ask("Sensor 7._http._tcp.local", DecodedRecord.Any).Ask(Host, DecodedRecord.Aaaa, qu: true));
        engine.Advance(TimeSpan.FromSeconds(2));
        engine.Stop();
        engine.Advance(TimeSpan.FromSeconds(1));

        Assert.True(engine.Sent.Count > 10);
        Assert.All(engine.Sent, packet =>
        {
            List<DecodedRecord> all = [.. packet.Message.Answers, .. packet.Message.Authorities, .. packet.Message.Additionals];
            Assert.Equal(all.Count, all.DistinctBy(record => (record.Name.ToUpperInvariant(), record.Type, record.Value)).Count());
            Assert.All(all, record => Assert.Equal(packet.Message.IsResponse && record.Type != DecodedRecord.Ptr, record.Flush));
        });
    }

    private static EngineHarness Started() => new EngineHarness(services: Services.Create()).Settle();
}
