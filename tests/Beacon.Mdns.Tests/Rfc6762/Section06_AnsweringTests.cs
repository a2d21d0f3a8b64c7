using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section06_AnsweringTests
{
    private const string Instance = "Sensor._http._tcp.local";
    private const string Host = "beacon-10-77-1-50.local";

    [Theory]
    [InlineData(Instance, DecodedRecord.Srv)]
    [InlineData(Instance, DecodedRecord.Txt)]
    [InlineData(Host, DecodedRecord.A)]
    [InlineData("beacon.local", DecodedRecord.A)]
    [InlineData("BEACON.LOCAL", DecodedRecord.A)]
    public void Section_6_a_unique_record_is_given_at_once(string name, ushort type)
    {
        var engine = Started();
        var asked = engine.Now;
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(name, type)));

        Assert.Equal(asked, packet.At);
        Assert.True(packet.IsMulticast);
        var answer = Assert.Single(packet.Message.Answers);
        Assert.Equal(type, answer.Type);
        Assert.True(answer.Flush);
    }

    [Fact]
    public void Section_6_a_shared_record_is_given_after_a_random_time_of_20_to_120_ms()
    {
        var delays = Enumerable.Range(1, 400).Select(seed =>
        {
            var engine = Started(seed);
            var asked = engine.Now;
            return (Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr))).At - asked)
                .TotalMilliseconds;
        }).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, 20, 120));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var from = 20 + (25 * quarter);
            Assert.InRange(delays.Count(delay => delay >= from && delay < from + 25), 60, 140);
        }
    }

    [Fact]
    public void Section_6_3_several_questions_are_all_answered_in_one_packet_after_20_to_120_ms()
    {
        var engine = Started();
        var asked = engine.Now;
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query()
            .Ask(Instance, DecodedRecord.Srv).Ask(Instance, DecodedRecord.Txt).Ask(Host, DecodedRecord.A)));

        Assert.InRange((packet.At - asked).TotalMilliseconds, 20, 120);
        Assert.Equal(3, packet.Message.Answers.Count);
    }

    [Fact]
    public void Section_6_unknown_names_and_other_classes_get_silence()
    {
        var engine = Started();
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("nobody.local", DecodedRecord.A)));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, cls: 3)));
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, cls: 255)));
    }

    [Fact]
    public void Section_6_1_a_type_we_lack_is_denied_by_an_nsec_in_the_answer_section()
    {
        var engine = Started();
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Host, DecodedRecord.Aaaa)));

        var denial = Assert.Single(packet.Message.Answers);
        Assert.Equal(DecodedRecord.Nsec, denial.Type);
        Assert.True(denial.Flush);
        Assert.Equal(120u, denial.Ttl);
        Assert.Equal([.. PacketBuilder.Name(Host), 0x00, 0x01, 0x40], denial.Rdata);
    }

    [Fact]
    public void Section_6_1_an_instance_denies_addresses_and_lists_txt_and_srv()
    {
        var packet = Assert.Single(Started().Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.A)));

        Assert.Equal([.. PacketBuilder.Name(Instance), 0, 5, 0, 0, 0x80, 0, 0x40], Assert.Single(packet.Message.Answers).Rdata);
    }

    [Fact]
    public void Section_6_1_shared_names_deny_nothing()
    {
        Assert.Empty(Started().Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_6_2_an_address_answer_brings_the_other_family_or_its_denial()
    {
        var without = Assert.Single(Started().Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
        Assert.Equal(DecodedRecord.Nsec, Assert.Single(without.Message.Additionals).Type);

        var engine = new EngineHarness(ipv6: true).Settle();
        var with = engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A));
        Assert.Equal(2, with.Count);
        Assert.Contains(with[0].Message.Additionals, record => record is { Type: DecodedRecord.Aaaa, Value: "fe80::2" });
        Assert.Equal([false, true], with.Select(packet => packet.IPv6));
    }

    [Fact]
    public void Section_6_2_addresses_of_another_link_are_never_given()
    {
        var engine = new EngineHarness(twoLinks: true).Settle();
        engine.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A), link: EngineHarness.Eth1);

        var packet = Assert.Single(engine.Sent);
        Assert.Equal(EngineHarness.Eth1, packet.Link);
        Assert.Equal("10.77.2.1", Assert.Single(packet.Message.Answers).Value);
    }

    [Fact]
    public void Section_6_4_two_shared_questions_5_ms_apart_share_one_packet()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var engine = Started(seed);
            engine.Receive(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr));
            engine.Advance(5);
            var second = engine.Now;
            engine.Receive(PacketBuilder.Query().Ask("_beacon._tcp.local", DecodedRecord.Ptr));
            engine.Advance(700);

            var packet = Assert.Single(engine.Sent);
            Assert.Equal(3, packet.Message.Answers.Count);
            Assert.True(packet.At - second >= TimeSpan.FromMilliseconds(15));
        }
    }

    [Fact]
    public void Section_6_5_any_gives_everything_under_the_name()
    {
        var engine = Started();
        var host = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Any)));
        Assert.Equal([DecodedRecord.Txt, DecodedRecord.Srv], host.Message.Answers.Select(record => record.Type).Order());
        var type = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Any)));
        Assert.Equal(2, type.Message.Answers.Count);
    }

    [Fact]
    public void Section_6_a_record_is_multicast_at_most_once_a_second()
    {
        var engine = Started();
        var start = engine.Now;
        for (var question = 0; question < 3; question++)
        {
            engine.Ask(PacketBuilder.Query().Ask(Host, DecodedRecord.A), milliseconds: 500);
        }

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1)], engine.Sent.Select(packet => packet.At - start));
    }

    [Fact]
    public void Section_6_6_our_record_with_less_than_half_its_life_is_repeated()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), ttl: 60, flush: true));
        Assert.Empty(engine.Sent);
        engine.Receive(PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), ttl: 59, flush: true));
        Assert.Equal(120u, Assert.Single(Assert.Single(engine.Sent).Message.Answers).Ttl);
    }

    [Fact]
    public void Section_6_6_a_goodbye_of_our_record_by_another_host_is_contradicted()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Response().Answer("_http._tcp.local", DecodedRecord.Ptr, PacketBuilder.Name(Instance), ttl: 0));
        engine.Advance(200);

        Assert.Equal(4500u, Assert.Single(Assert.Single(engine.Sent).Message.Answers).Ttl);
    }

    [Fact]
    public void Section_6_responses_from_other_ports_are_ignored()
    {
        var engine = Started();
        engine.Receive(
            PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.9.9.9"), flush: true),
            new IPEndPoint(EngineHarness.Peer.Address, 40000));
        engine.Advance(500);

        Assert.Empty(engine.Sent);
    }

    [Theory]
    [InlineData(0x0800)]
    [InlineData(0x2000)]
    [InlineData(0x0003)]
    public void Section_18_other_opcodes_and_response_codes_are_ignored(ushort flags)
    {
        Assert.Empty(Started().Ask(PacketBuilder.Query(flags).Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_18_all_other_header_bits_are_no_reason_to_be_silent()
    {
        Assert.NotEmpty(Started().Ask(PacketBuilder.Query(0x05F0).Id(0xBEEF).Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_17_answers_fill_packets_of_the_links_size_and_none_is_lost()
    {
        var services = Enumerable.Range(1, 200).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        var packets = engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr), milliseconds: 1000);

        Assert.InRange(packets.Count, 1, 11);
        Assert.All(packets, packet => Assert.InRange(packet.Bytes.Length, 12, 1472));
        Assert.Equal(201, packets.SelectMany(packet => packet.Message.Answers).Select(record => record.Value).Distinct().Count());
        Assert.All(packets, packet => Assert.Equal(
            packet.Message.Answers.Count + packet.Message.Additionals.Count,
            packet.Message.Answers.Concat(packet.Message.Additionals).Select(record => record.ToString()).Distinct().Count()));
    }

    [Fact]
    public void Section_17_a_link_with_a_small_mtu_gets_small_packets()
    {
        var services = Enumerable.Range(1, 50).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(ipv6: true, mtu: 1280, services: services);
        engine.Advance(TimeSpan.FromSeconds(10));

        Assert.All(engine.Sent, packet => Assert.InRange(packet.Bytes.Length, 12, 1232));
    }

    private static EngineHarness Started(int seed = 1) => new EngineHarness(seed, services: Services.Create()).Settle();
}
