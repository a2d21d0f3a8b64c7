using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>RFC 6762 §5.2 to §5.4: when a querier asks, how often, and when it may ask for unicast answers.</summary>
public class Section05_QueryingTests
{
    private const string Type = "_http._tcp.local";
    private const string Host = "nas.local";

    private static PacketBuilder Pointer(string instance, uint ttl = 4500) =>
        PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, PacketBuilder.Name($"{instance}.{Type}"), ttl);

    private static PacketBuilder Address(uint ttl = 120) =>
        PacketBuilder.Response().Answer(Host, DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), ttl, flush: true);

    [Fact]
    public void Section_5_2_the_first_query_waits_20_to_120_ms_and_not_always_as_long()
    {
        var waits = Enumerable.Range(0, 40).Select(seed =>
        {
            var harness = new QuerierHarness(seed);
            harness.Want(Type, DecodedRecord.Ptr);
            harness.Advance(500);
            return Assert.Single(harness.Asked(Type, DecodedRecord.Ptr)).TotalMilliseconds;
        }).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 20, 120));
        Assert.True(waits.Max() - waits.Min() > 50, "All wait about as long.");
    }

    [Fact]
    public void Section_5_2_gaps_begin_with_a_second_and_double_up_to_an_hour()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(TimeSpan.FromHours(24));

        var asked = harness.Asked(Type, DecodedRecord.Ptr);
        var gaps = asked.Zip(asked.Skip(1), (first, second) => second - first).ToList();
        Assert.Equal(TimeSpan.FromSeconds(1), gaps[0]);
        Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.Equal(Math.Min(pair.First.TotalSeconds * 2, 3600), pair.Second.TotalSeconds));
        Assert.InRange(asked.Count, 20, 12 + 24);
    }

    [Fact]
    public void Section_5_2_a_pointer_is_asked_for_again_although_one_is_known_because_others_may_have_more()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(200);
        harness.Receive(Pointer("Printer"));
        harness.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4, harness.Asked(Type, DecodedRecord.Ptr).Count);
    }

    [Fact]
    public void Section_5_2_after_a_unique_answer_the_series_ends_and_it_is_asked_for_again_at_80_to_82_percent_of_its_life()
    {
        var harness = new QuerierHarness();
        harness.Want(Host, DecodedRecord.A);
        harness.Advance(200);
        var heard = harness.Now;
        harness.Receive(Address());
        harness.Advance(TimeSpan.FromSeconds(99));

        var asked = harness.Asked(Host, DecodedRecord.A);
        Assert.Equal(2, asked.Count);
        Assert.InRange((asked[1] - heard).TotalSeconds, 96, 98.4);
    }

    [Fact]
    public void Section_5_2_a_record_somebody_wants_is_asked_for_at_80_85_90_and_95_percent_and_then_forgotten()
    {
        var harness = new QuerierHarness();
        harness.Want(Host, DecodedRecord.A);
        harness.Advance(200);
        var heard = harness.Now;
        harness.Receive(Address());
        harness.Advance(TimeSpan.FromSeconds(119));
        var refreshes = harness.Asked(Host, DecodedRecord.A).Skip(1).Select(at => (at - heard).TotalSeconds / 1.2).ToList();

        Assert.Equal(4, refreshes.Count);
        Assert.All(refreshes.Zip([80, 85, 90, 95]), pair => Assert.InRange(pair.First, pair.Second, pair.Second + 2.01));
        Assert.NotEmpty(harness.Known(Host, DecodedRecord.A));
        harness.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(harness.Known(Host, DecodedRecord.A));
        Assert.Equal(["+ 1 nas.local", "- 1 nas.local"], harness.News);
    }

    [Fact]
    public void Section_5_2_when_the_only_owner_is_silent_the_series_begins_again()
    {
        var harness = new QuerierHarness();
        harness.Want(Host, DecodedRecord.A);
        harness.Advance(200);
        harness.Receive(Address(ttl: 10));
        harness.Advance(TimeSpan.FromSeconds(10));
        var before = harness.Asked(Host, DecodedRecord.A).Count;
        harness.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(before + 4, harness.Asked(Host, DecodedRecord.A).Count);
    }

    [Fact]
    public void Section_5_2_what_nobody_wants_is_kept_but_never_asked_for()
    {
        var harness = new QuerierHarness();
        harness.Receive(Address());
        harness.Advance(TimeSpan.FromSeconds(119));

        Assert.Empty(harness.Sent);
        Assert.Single(harness.Known(Host, DecodedRecord.A));
    }

    [Fact]
    public void Section_5_2_lifetimes_of_a_second_do_not_become_more_than_a_query_a_second()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        for (var at = 0; at < 600; at++)
        {
            harness.Receive(Pointer($"Ghost {at % 7}", ttl: 1));
            harness.Advance(100);
        }

        var asked = harness.Asked(Type, DecodedRecord.Ptr);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Section_5_3_questions_that_are_due_together_share_packets()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Want(Host, DecodedRecord.A);
        harness.Want(Host, DecodedRecord.Aaaa);
        harness.Advance(200);

        Assert.Equal(3, Assert.Single(harness.Sent).Message.Questions.Count);
    }

    [Fact]
    public void Section_5_3_more_questions_than_a_packet_holds_go_in_several_and_none_is_lost()
    {
        var harness = new QuerierHarness();
        for (var at = 0; at < 300; at++)
        {
            harness.Want($"host-number-{at}.local", DecodedRecord.A);
        }

        harness.Advance(200);

        Assert.Equal(300, harness.Sent.SelectMany(x => x.Message.Questions).Distinct().Count());
        Assert.All(harness.Sent, packet => Assert.True(packet.Bytes.Length <= 1472));
    }

    [Fact]
    public void Section_5_4_only_the_first_query_after_a_start_may_be_answered_by_unicast()
    {
        var harness = new QuerierHarness();
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal([true, false, false], harness.Sent.Select(x => x.Message.Questions[0].WantsUnicast));
    }

    [Fact]
    public void Section_15_1_with_another_responder_on_this_host_unicast_answers_are_never_asked_for()
    {
        var harness = new QuerierHarness(sharesPort: true);
        harness.Want(Type, DecodedRecord.Ptr);
        harness.Advance(TimeSpan.FromSeconds(4));

        Assert.All(harness.Sent, packet => Assert.False(packet.Message.Questions[0].WantsUnicast));
    }
}
