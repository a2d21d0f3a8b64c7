using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Hostile;

/// <summary>What arrives from strange sources, in strange numbers or again and again; and every captured packet in every shape.</summary>
public sealed class RobustnessTests
{
    private static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Packets => [.. CorpusFiles.Names];

    [Theory]
    [InlineData("0.0.0.0", 5353)]
    [InlineData("255.255.255.255", 5353)]
    [InlineData("10.77.1.255", 5353)]
    [InlineData("224.0.0.251", 5353)]
    [InlineData("127.0.0.1", 5353)]
    [InlineData("::", 5353)]
    [InlineData("ff02::fb", 5353)]
    [InlineData("10.77.1.9", 0)]
    [InlineData("224.0.0.251", 40_000)]
    [InlineData("255.255.255.255", 40_000)]
    [InlineData("0.0.0.0", 40_000)]
    public void F_2_and_12_sources_nobody_has_get_no_unicast_answer(string address, int port)
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        var source = new IPEndPoint(IPAddress.Parse(address), port);
        foreach (var toGroup in (bool[])[true, false])
        {
            engine.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, qu: true), source, toGroup);
            engine.Receive(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr), source, toGroup);
            engine.Receive(PacketBuilder.Response().Answer("beacon.local", DecodedRecord.A, [10, 77, 1, 1], ttl: 0), source, toGroup);
            engine.Advance(1000);
        }

        Assert.All(engine.Sent, packet => Assert.True(packet.IsMulticast, $"an answer went to {packet.Destination}"));
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    /// <summary>Throwing away a datagram because its bytes came before loses the second host's question and the second host's claim.</summary>
    [Fact]
    public void F_9_the_same_bytes_from_two_hosts_are_two_questions_and_two_conflicts()
    {
        var engine = new EngineHarness().Settle();
        var question = PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, qu: true);
        var first = new IPEndPoint(IPAddress.Parse("10.77.1.8"), 5353);
        var second = new IPEndPoint(IPAddress.Parse("10.77.1.9"), 5353);
        engine.Receive(question, first);
        engine.Receive(question, second);
        engine.Receive(question, second);

        Assert.Equal([first, second, second], engine.Sent.Where(packet => !packet.IsMulticast).Select(packet => packet.Destination));

        var claim = PacketBuilder.Response().Answer("beacon.local", DecodedRecord.A, [10, 77, 1, 200], flush: true);
        engine.Receive(claim, first);
        engine.Advance(400);
        engine.Receive(claim, second);
        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("beacon-2.local", engine.Engine.HostName);
    }

    [Fact]
    public void F_13_a_query_with_seven_hundred_questions_for_two_hundred_services_is_answered_once_and_in_few_packets()
    {
        var engine = new EngineHarness(services: [.. Enumerable.Range(1, 200).Select(n => Services.Create($"S{n}", id: n))]).Settle();
        engine.LoopsBack = false;
        var query = PacketBuilder.Query();
        for (var question = 0; question < 700; question++)
        {
            var qu = question % 3 == 0;
            _ = (question % 3) switch
            {
                0 => query.Ask("_http._tcp.local", DecodedRecord.Ptr, qu),
                1 => query.Ask($"S{1 + (question % 200)}._http._tcp.local", DecodedRecord.Any, qu),
                _ => query.Ask("beacon.local", DecodedRecord.Any, qu),
            };
        }

        var packets = engine.Ask(query, milliseconds: 2_000);

        Assert.InRange(packets.Count(packet => packet.IsMulticast), 1, 64);
        Assert.InRange(packets.Count(packet => !packet.IsMulticast), 0, MdnsLimits.ReplyPackets);
        var answers = packets.Where(packet => packet.IsMulticast).SelectMany(packet => packet.Message.Answers).ToList();
        Assert.Equal(answers.Count, answers.Select(answer => (answer.Name, answer.Type, Convert.ToHexString(answer.Rdata))).Distinct().Count());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public void F_14_any_lifetime_in_a_response_or_a_known_answer_is_taken_and_leads_to_no_storm(uint ttl)
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        for (var round = 0; round < 1000; round++)
        {
            engine.Receive(PacketBuilder.Response().Answer("beacon.local", DecodedRecord.A, [10, 77, 1, 1], ttl, flush: true));
            engine.Receive(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr)
                .Answer("_http._tcp.local", DecodedRecord.Ptr, PacketBuilder.Name("Sensor._http._tcp.local"), ttl));
            engine.Advance(10);
        }

        Assert.InRange(engine.Sent.Count, 0, 40);
        engine.Advance(2000);
        Assert.Equal("beacon.local", engine.Engine.HostName);
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    [Theory]
    [InlineData((ushort)0)]
    [InlineData((ushort)41)]
    [InlineData((ushort)250)]
    [InlineData((ushort)251)]
    [InlineData((ushort)252)]
    [InlineData((ushort)0xFFFF)]
    public void F_15_pseudo_types_and_other_classes_are_no_questions_about_a_shared_name(ushort type)
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();

        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", type)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr, cls: 3)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, cls: 4)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, cls: 254)));
    }

    /// <summary>Whatever a packet has become, the next valid question is answered: at once, or when the name has been asked for again.</summary>
    [Theory]
    [MemberData(nameof(Packets))]
    public void After_a_captured_packet_in_any_shape_the_next_question_is_answered(string name)
    {
        var packet = CorpusFiles.Read(name);
        var rig = new FloodRig(services: 3);
        var shapes = Damage.EachCut(packet).Concat(Damage.EachBitFlipped(packet)).Concat(Damage.EachPointerRedirected(packet)).Prepend(packet);
        foreach (var shape in shapes)
        {
            rig.Receive(shape);
            rig.Advance(TimeSpan.FromMilliseconds(5));
            if (!rig.AnswersForItself())
            {
                rig.Advance(ClaimTime);
                Assert.True(rig.AnswersForItself(), Convert.ToHexString(shape));
            }
        }

        Assert.Equal(7, rig.Engine.NameCount);
    }
}
