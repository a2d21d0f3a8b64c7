using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section05_UnicastTests
{
    [Fact]
    public void Section_5_4_a_question_for_a_unicast_answer_gets_one_while_the_record_was_multicast_within_a_quarter_of_its_life()
    {
        var engine = new EngineHarness().Settle();
        engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A));
        engine.Advance(29_800);
        var recent = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, qu: true), milliseconds: 1));
        Assert.Equal(EngineHarness.Peer, recent.Destination);
        Assert.True(Assert.Single(recent.Message.Answers).Flush);
        Assert.Empty(recent.Message.Questions);
        Assert.Equal(0, recent.Message.Id);

        engine.Advance(1000);
        var old = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, qu: true)));
        Assert.True(old.IsMulticast);
    }

    [Fact]
    public void Section_5_4_an_asker_of_another_network_is_answered_by_multicast()
    {
        var engine = new EngineHarness().Settle();
        var packet = Assert.Single(engine.Ask(
            PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A, qu: true), new IPEndPoint(IPAddress.Parse("10.99.9.4"), 5353)));

        Assert.True(packet.IsMulticast);
    }

    [Fact]
    public void Section_5_5_a_query_to_our_address_is_answered_only_when_it_comes_from_the_link()
    {
        var engine = new EngineHarness().Settle();
        var query = PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A);

        Assert.False(Assert.Single(engine.Ask(query, toGroup: false)).IsMulticast);
        Assert.Empty(engine.Ask(query, new IPEndPoint(IPAddress.Parse("10.99.9.4"), 5353), toGroup: false));
        Assert.Empty(engine.Ask(query, new IPEndPoint(IPAddress.Parse("10.99.9.4"), 40000), toGroup: false));
    }

    [Fact]
    public void Section_6_7_a_legacy_query_gets_its_id_and_question_back_with_short_lives_and_no_flush_bit()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        var client = new IPEndPoint(IPAddress.Parse("10.77.1.9"), 40000);
        var packet = Assert.Single(engine.Ask(
            PacketBuilder.Query(0x0100).Id(0x1234).Ask("Sensor._http._tcp.local", DecodedRecord.Srv, qu: true), client));

        Assert.Equal(client, packet.Destination);
        Assert.Equal(0x1234, packet.Message.Id);
        Assert.Equal(0x8500, packet.Message.Flags);
        Assert.Equal(new DecodedQuestion("Sensor._http._tcp.local", DecodedRecord.Srv, 1, true), Assert.Single(packet.Message.Questions));
        Assert.All(packet.Message.Answers.Concat(packet.Message.Additionals), record =>
        {
            Assert.InRange(record.Ttl, 0u, 10u);
            Assert.False(record.Flush);
        });
        var srv = Assert.Single(packet.Message.Answers);
        Assert.Equal(srv.Rdata, srv.RawRdata);
        Assert.Contains(packet.Message.Additionals, record => record.Value == "10.77.1.50");
    }

    [Fact]
    public void Section_6_7_a_legacy_answer_that_does_not_fit_says_so_and_holds_whole_records()
    {
        var services = Enumerable.Range(1, 200).Select(n => Services.Create($"Sensor {n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        var client = new IPEndPoint(IPAddress.Parse("10.77.1.9"), 40000);

        var small = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr), client));
        Assert.InRange(small.Bytes.Length, 400, 512);
        Assert.True(small.Message.IsTruncated);

        var large = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr).Edns(1232), client));
        Assert.InRange(large.Bytes.Length, 1100, 1232);
        Assert.True(large.Message.IsTruncated);
        Assert.Equal(DecodedRecord.Opt, large.Message.Additionals[^1].Type);
    }

    [Fact]
    public void Rfc6891_an_asker_with_another_edns_version_learns_ours_and_nothing_else()
    {
        var engine = new EngineHarness().Settle();
        var client = new IPEndPoint(IPAddress.Parse("10.77.1.9"), 40000);
        var answer = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A).Edns(1232, version: 1), client)).Message;

        Assert.Empty(answer.Answers);
        var options = Assert.Single(answer.Additionals);
        Assert.Equal((DecodedRecord.Opt, 0x0100_0000u), (options.Type, options.Ttl));
        Assert.Empty(engine.Ask(PacketBuilder.Query().Ask("other.local", DecodedRecord.A).Edns(1232, version: 1), client));
    }

    [Fact]
    public void Rfc6891_options_of_a_multicast_query_change_nothing()
    {
        var engine = new EngineHarness().Settle();
        var answer = Assert.Single(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A).Edns(1232, version: 1))).Message;

        Assert.Equal("10.77.1.1", Assert.Single(answer.Answers).Value);
        Assert.DoesNotContain(answer.Additionals, record => record.Type == DecodedRecord.Opt);
    }

    [Fact]
    public void Section_6_7_legacy_answers_do_not_count_as_multicast_and_are_not_multicast_too()
    {
        var engine = new EngineHarness().Settle();
        var query = PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A);
        Assert.False(Assert.Single(engine.Ask(query, new IPEndPoint(IPAddress.Parse("10.77.1.9"), 40000), milliseconds: 1)).IsMulticast);
        Assert.True(Assert.Single(engine.Ask(query, milliseconds: 1)).IsMulticast);
    }

    [Fact]
    public void Section_6_7_probes_and_known_answers_from_other_ports_are_ignored()
    {
        var engine = new EngineHarness().Settle();
        var client = new IPEndPoint(IPAddress.Parse("10.77.1.9"), 40000);
        Assert.Empty(engine.Ask(
            PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)
                .Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.1")),
            client));
        Assert.Empty(engine.Ask(
            PacketBuilder.Query().Ask("beacon.local", DecodedRecord.Any)
                .Authority("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.3")),
            client));
    }

    [Fact]
    public void Source_port_zero_is_no_address_to_answer_to()
    {
        var engine = new EngineHarness().Settle();
        Assert.Empty(engine.Ask(
            PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A), new IPEndPoint(IPAddress.Parse("10.77.1.9"), 0)));
    }
}
