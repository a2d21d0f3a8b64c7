using System.Net;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>RFC 6762 §10 and §11: how long a querier believes what it heard, and whom.</summary>
public class Section10_CacheTests
{
    private const string Type = "_http._tcp.local";
    private const string Host = "nas.local";

    private static PacketBuilder Address(string address, uint ttl = 120, bool flush = true) =>
        PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address(address), ttl, flush);

    private static PacketBuilder Pointer(string instance, uint ttl = 4500) =>
        PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"{instance}.{Type}"), ttl);

    [Fact]
    public void Section_10_1_a_goodbye_lets_a_record_live_one_second_more()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer"));
        harness.Receive(Pointer("Printer", ttl: 0));
        harness.Advance(999);
        Assert.Single(harness.Known(Type, DecodedRecord.Ptr));
        harness.Advance(1);

        Assert.Empty(harness.Known(Type, DecodedRecord.Ptr));
    }

    [Fact]
    public void Section_10_1_a_record_that_is_said_again_within_that_second_stays()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer"));
        harness.Receive(Pointer("Printer", ttl: 0));
        harness.Advance(500);
        harness.Receive(Pointer("Printer"));
        harness.Advance(TimeSpan.FromHours(1));

        Assert.Single(harness.Known(Type, DecodedRecord.Ptr));
        Assert.Equal(["+ 12 _http._tcp.local"], harness.News);
    }

    [Fact]
    public void Section_10_1_a_goodbye_for_what_is_not_known_leaves_nothing_behind()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer", ttl: 0));

        Assert.Equal(0, harness.Link().Cache.Count);
        Assert.Empty(harness.News);
    }

    [Fact]
    public void Section_10_2_the_flush_bit_ends_other_data_after_a_second()
    {
        var harness = new QuerierHarness();
        harness.Receive(Address("10.77.1.50"));
        harness.Advance(TimeSpan.FromSeconds(2));
        harness.Receive(Address("10.77.1.51"));
        Assert.Equal(["10.77.1.50", "10.77.1.51"], harness.Known(Host, DecodedRecord.A));
        harness.Advance(1000);

        Assert.Equal(["10.77.1.51"], harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_10_2_addresses_said_within_one_second_belong_together()
    {
        var harness = new QuerierHarness();
        harness.Receive(Address("10.77.1.50"));
        harness.Advance(900);
        harness.Receive(Address("10.77.1.51"));
        harness.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(["10.77.1.50", "10.77.1.51"], harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_10_2_without_the_flush_bit_data_adds_up()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer"));
        harness.Advance(TimeSpan.FromSeconds(5));
        harness.Receive(Pointer("Scanner"));
        harness.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(2, harness.Known(Type, DecodedRecord.Ptr).Count);
    }

    [Fact]
    public void Section_10_2_a_flush_on_one_link_says_nothing_about_another()
    {
        var harness = new QuerierHarness(twoLinks: true);
        harness.Receive(Address("10.77.1.50"), link: QuerierHarness.Eth0);
        harness.Advance(TimeSpan.FromSeconds(5));
        harness.Receive(Address("10.77.2.50"), link: QuerierHarness.Eth1);
        harness.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["10.77.1.50"], harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_10_3_a_link_that_is_gone_takes_what_was_heard_there_with_it()
    {
        var harness = new QuerierHarness(twoLinks: true);
        harness.Receive(Pointer("Printer"), link: QuerierHarness.Eth0);
        harness.Receive(Pointer("Printer"), link: QuerierHarness.Eth1);
        harness.SetLinks(EngineHarness.Link(QuerierHarness.Eth1, "10.77.2.1"));

        Assert.Equal("- 12 _http._tcp.local", harness.News[^1]);
        Assert.Equal(3, harness.News.Count);
        Assert.Single(harness.Known(Type, DecodedRecord.Ptr, QuerierHarness.Eth1));
    }

    [Fact]
    public void Section_10_3_on_a_link_that_comes_everything_wanted_everywhere_is_asked()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(TimeSpan.FromSeconds(20));
        harness.SetLinks(EngineHarness.Link(QuerierHarness.Eth0, "10.77.1.1"), EngineHarness.Link(QuerierHarness.Eth1, "10.77.2.1"));
        harness.Advance(200);

        Assert.Single(harness.Asked(Type, DecodedRecord.Ptr, QuerierHarness.Eth1));
    }

    [Fact]
    public void Section_10_5_what_others_ask_for_twice_in_vain_is_forgotten_ten_seconds_later()
    {
        var harness = new QuerierHarness();
        harness.Receive(Address("10.77.1.50"));
        harness.Receive(PacketBuilder.Query().Ask(Host, DecodedRecord.A));
        harness.Advance(TimeSpan.FromSeconds(1));
        harness.Receive(PacketBuilder.Query().Ask(Host, DecodedRecord.A));
        harness.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Single(harness.Known(Host, DecodedRecord.A));
        harness.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Empty(harness.Known(Host, DecodedRecord.A));
        Assert.Empty(harness.Sent);
    }

    [Fact]
    public void Section_10_5_it_stays_when_its_owner_answers()
    {
        var harness = new QuerierHarness();
        harness.Receive(Address("10.77.1.50"));
        for (var at = 0; at < 10; at++)
        {
            harness.Receive(PacketBuilder.Query().Ask(Host, DecodedRecord.A));
            harness.Advance(TimeSpan.FromSeconds(at < 2 ? 1 : 0));
            harness.Receive(Address("10.77.1.50"));
            harness.Advance(TimeSpan.FromSeconds(5));
        }

        harness.Advance(TimeSpan.FromSeconds(60));
        Assert.Single(harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_10_5_one_question_its_copies_and_questions_that_need_no_answer_prove_nothing()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer"));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
        harness.Advance(500);
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
        harness.Advance(TimeSpan.FromSeconds(2));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr).Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"Printer.{Type}"), 4500));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr, qu: true));
        harness.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr), new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        harness.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr));
        harness.Advance(TimeSpan.FromSeconds(60));

        Assert.Single(harness.Known(Type, DecodedRecord.Ptr));
    }

    [Fact]
    public void Section_10_lifetimes_beyond_reason_are_cut()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Printer", ttl: int.MaxValue));
        harness.Advance(TimeSpan.FromSeconds(5625));

        Assert.Empty(harness.Known(Type, DecodedRecord.Ptr));
    }

    [Fact]
    public void Section_11_an_answer_by_unicast_counts_only_when_it_was_asked_for_a_moment_ago()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Early"), toGroup: false);
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(200);
        harness.Receive(Pointer("Right"), toGroup: false);
        harness.Receive(Address("10.77.1.66"), toGroup: false);
        harness.Advance(TimeSpan.FromSeconds(3));
        harness.Receive(Pointer("Late"), toGroup: false);

        Assert.Equal([$"Right.{Type}"], harness.Known(Type, DecodedRecord.Ptr));
        Assert.Empty(harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_11_answers_from_another_network_or_port_are_nobodys()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(200);
        harness.Receive(Pointer("Far"), new IPEndPoint(IPAddress.Parse("198.51.100.7"), 5353), toGroup: false);
        harness.Receive(Pointer("Port"), new IPEndPoint(IPAddress.Parse("10.77.1.9"), 53));

        Assert.Empty(harness.Known(Type, DecodedRecord.Ptr));
    }

    [Fact]
    public void One_source_cannot_fill_the_memory_and_others_are_still_heard()
    {
        var harness = new QuerierHarness();
        for (var at = 0; at < 20_000; at++)
        {
            harness.Receive(Pointer($"Ghost {at}"));
        }

        harness.Receive(Pointer("Printer"), new IPEndPoint(IPAddress.Parse("10.77.1.44"), 5353));

        Assert.Equal((QuerierLimits.Records / QuerierLimits.SourceFraction) + 1, harness.Link().Cache.Count);
        Assert.Contains($"Printer.{Type}", harness.Known(Type, DecodedRecord.Ptr));
        Assert.True(harness.Querier.Refused > 10_000);
    }

    [Fact]
    public void With_many_sources_the_record_that_would_end_first_makes_room_and_the_bound_holds()
    {
        var harness = new QuerierHarness();
        harness.Receive(Pointer("Short", ttl: 5), new IPEndPoint(IPAddress.Parse("10.77.1.200"), 5353));
        for (var at = 0; at < QuerierLimits.Records + 100; at++)
        {
            harness.Receive(Pointer($"Ghost {at}"), new IPEndPoint(IPAddress.Parse($"10.77.1.{(at % 100) + 1}"), 5353));
        }

        Assert.Equal(QuerierLimits.Records, harness.Link().Cache.Count);
        Assert.True(harness.Link().Cache.Bytes <= QuerierLimits.Bytes);
        Assert.DoesNotContain($"Short.{Type}", harness.Known(Type, DecodedRecord.Ptr));
        harness.Advance(TimeSpan.FromHours(2));
        Assert.Equal((0, 0), (harness.Link().Cache.Count, harness.Link().Cache.Bytes));
    }
}
