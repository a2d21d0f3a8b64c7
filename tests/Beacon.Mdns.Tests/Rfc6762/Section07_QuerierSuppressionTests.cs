using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>RFC 6762 §7: what a querier says it knows, and what it need not ask because another host did.</summary>
public class Section07_QuerierSuppressionTests
{
    private const string Type = "_http._tcp.local";
    private const string Host = "nas.local";

    private static PacketBuilder Pointer(string instance, uint ttl = 4500) =>
        PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"{instance}.{Type}"), ttl);

    private static QuerierHarness Browsing(int mtu = 1500, bool twoLinks = false)
    {
        var harness = new QuerierHarness(twoLinks: twoLinks, mtu: mtu);
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(200);
        return harness;
    }

    [Fact]
    public void Section_7_1_known_pointers_are_listed_with_the_life_they_have_left_and_without_the_flush_bit()
    {
        var harness = Browsing();
        harness.Receive(Pointer("Printer", ttl: 120));
        harness.Sent.Clear();
        harness.Advance(TimeSpan.FromSeconds(2));

        var known = Assert.Single(harness.Sent[0].Message.Answers);
        Assert.Equal($"Printer.{Type}", known.Value);
        Assert.False(known.Flush);
        Assert.InRange(known.Ttl, 118u, 119u);
    }

    [Fact]
    public void Section_7_1_what_has_less_than_half_its_life_left_is_not_listed()
    {
        var harness = Browsing();
        harness.Receive(Pointer("Printer", ttl: 60));
        harness.Receive(Pointer("Scanner", ttl: 10));
        harness.Advance(TimeSpan.FromSeconds(7.3));

        var last = harness.Sent[^1];
        Assert.InRange(last.At.TotalSeconds, 7, 7.2);
        Assert.Equal([$"Printer.{Type}"], last.Message.Answers.Select(x => x.Value));
    }

    /// <summary>Found by the fuzzer: its life rounded down to 0 seconds, which in a record says goodbye.</summary>
    [Fact]
    public void Section_7_1_what_has_less_than_a_second_left_is_not_listed()
    {
        var harness = Browsing();
        harness.Advance(harness.Sent[0].At + TimeSpan.FromSeconds(0.6) - harness.Now);
        harness.Receive(Pointer("Printer", ttl: 1));
        harness.Sent.Clear();
        harness.Advance(450);

        Assert.Empty(Assert.Single(harness.Sent).Message.Answers);
    }

    [Fact]
    public void Section_7_1_unique_records_are_not_listed()
    {
        var harness = new QuerierHarness();
        harness.Receive(PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        harness.Advance(TimeSpan.FromSeconds(10));
        harness.Want(Host, DecodedRecord.A);
        harness.Advance(TimeSpan.FromSeconds(100));

        Assert.NotEmpty(harness.Sent);
        Assert.All(harness.Sent, packet => Assert.Empty(packet.Message.Answers));
    }

    [Fact]
    public void Section_7_1_a_link_lists_only_what_was_heard_there()
    {
        var harness = Browsing(twoLinks: true);
        harness.Receive(Pointer("Printer"), link: QuerierHarness.Eth1);
        harness.Sent.Clear();
        harness.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty(harness.Sent.Single(x => x.Link == QuerierHarness.Eth0).Message.Answers);
        Assert.Single(harness.Sent.Single(x => x.Link == QuerierHarness.Eth1).Message.Answers);
    }

    [Fact]
    public void Section_7_1_known_answers_of_other_hosts_are_not_believed()
    {
        var harness = Browsing();
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr).Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"Printer.{Type}"), 4500));

        Assert.Empty(harness.Known(Type, DecodedRecord.Ptr));
    }

    [Fact]
    public void Section_7_2_a_long_list_goes_on_at_once_in_packets_without_questions_and_only_the_last_is_not_truncated()
    {
        var harness = Browsing();
        for (var at = 0; at < 200; at++)
        {
            harness.Receive(Pointer($"A printer with quite a long name, number {at}"));
        }

        harness.Sent.Clear();
        harness.Advance(TimeSpan.FromSeconds(1));

        Assert.True(harness.Sent.Count > 3);
        Assert.Single(harness.Sent[0].Message.Questions);
        Assert.All(harness.Sent.Skip(1), packet => Assert.Empty(packet.Message.Questions));
        Assert.All(harness.Sent.SkipLast(1), packet => Assert.True(packet.Message.IsTruncated));
        Assert.False(harness.Sent[^1].Message.IsTruncated);
        Assert.Single(harness.Sent.Select(packet => packet.At).Distinct());
        Assert.Equal(200, harness.Sent.SelectMany(packet => packet.Message.Answers).Select(x => x.Value).Distinct().Count());
    }

    [Fact]
    public void Section_7_2_a_list_without_end_ends_after_sixteen_packets()
    {
        var harness = Browsing();
        for (var at = 0; at < 2000; at++)
        {
            harness.Receive(Pointer($"A printer with quite a long name, number {at}"), new IPEndPoint(IPAddress.Parse($"10.77.1.{(at % 8) + 10}"), 5353));
        }

        harness.Sent.Clear();
        harness.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(16, harness.Sent.Count);
    }

    [Fact]
    public void Section_7_3_a_question_another_host_just_asked_is_not_asked_again()
    {
        var harness = Browsing();
        var due = harness.Sent[0].At + TimeSpan.FromSeconds(1);
        harness.Advance(due - harness.Now - TimeSpan.FromMilliseconds(100));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
        harness.Advance(TimeSpan.FromMilliseconds(2000));

        Assert.Single(harness.Asked(Type, DecodedRecord.Ptr));
        harness.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, harness.Asked(Type, DecodedRecord.Ptr).Count);
    }

    [Fact]
    public void Section_7_3_but_it_is_when_the_other_host_knows_an_answer_we_lack()
    {
        var harness = Browsing();
        var due = harness.Sent[0].At + TimeSpan.FromSeconds(1);
        harness.Advance(due - harness.Now - TimeSpan.FromMilliseconds(100));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr).Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"Printer.{Type}"), 4500));
        harness.Advance(200);

        Assert.Equal(2, harness.Asked(Type, DecodedRecord.Ptr).Count);
    }

    [Fact]
    public void Section_7_3_a_question_for_a_unicast_answer_is_nothing_to_us()
    {
        var harness = Browsing();
        var due = harness.Sent[0].At + TimeSpan.FromSeconds(1);
        harness.Advance(due - harness.Now - TimeSpan.FromMilliseconds(100));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr, qu: true));
        harness.Advance(200);

        Assert.Equal(2, harness.Asked(Type, DecodedRecord.Ptr).Count);
    }
}
