using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Events;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section08_AnnouncingTests
{
    private const string Instance = "Sensor._http._tcp.local";

    [Fact]
    public void Section_8_3_records_are_announced_three_times_with_gaps_of_one_and_two_seconds()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(30));

        var times = engine.Sent
            .Where(packet => packet.Message.Answers.Exists(record => record.Name == Instance && record.Type == DecodedRecord.Srv))
            .Select(packet => packet.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.Equal(TimeSpan.FromSeconds(1), times[1] - times[0]);
        Assert.Equal(TimeSpan.FromSeconds(2), times[2] - times[1]);
    }

    [Fact]
    public void Section_8_3_unique_records_carry_the_flush_bit_and_shared_ones_do_not()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.All(engine.MulticastAnswers(), record => Assert.Equal(record.Type != DecodedRecord.Ptr, record.Flush));
        Assert.Contains(engine.MulticastAnswers(), record => record is { Type: DecodedRecord.Ptr, Name: "_http._tcp.local" });
    }

    [Fact]
    public void Section_18_responses_have_id_zero_and_the_authoritative_bit_and_no_questions_or_authorities()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.All(engine.Sent.Where(packet => packet.Message.IsResponse), packet =>
        {
            Assert.Equal(0, packet.Message.Id);
            Assert.Equal(0x8400, packet.Message.Flags);
            Assert.Empty(packet.Message.Questions);
            Assert.Empty(packet.Message.Authorities);
            Assert.NotEmpty(packet.Message.Answers);
        });
    }

    [Fact]
    public void Section_10_addresses_and_srv_live_two_minutes_and_all_else_75()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(2));

        Assert.All(engine.MulticastAnswers(), record =>
            Assert.Equal(record.Type is DecodedRecord.A or DecodedRecord.Srv ? 120u : 4500u, record.Ttl));
    }

    [Fact]
    public void Section_8_3_a_day_without_cause_is_a_day_without_packets()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.Advance(TimeSpan.FromDays(1));

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void Section_8_a_new_link_is_probed_and_announced_on_and_the_old_one_left_alone()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"), EngineHarness.Link(EngineHarness.Eth1, "10.77.2.1"));
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, engine.Probes(EngineHarness.Eth1).Count());
        Assert.Empty(engine.Probes(EngineHarness.Eth0));
        Assert.Contains(engine.MulticastAnswers(EngineHarness.Eth1), record => record.Name == Instance);
        Assert.Contains(engine.MulticastAnswers(EngineHarness.Eth1), record => record.Value == "10.77.2.1");
        Assert.DoesNotContain(engine.MulticastAnswers(EngineHarness.Eth1), record => record.Value == "10.77.1.1");
    }

    [Fact]
    public void Section_8_a_link_that_was_down_is_probed_again()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.SetLinks();
        engine.Advance(TimeSpan.FromSeconds(3));
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1"));
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, engine.Probes().Count());
        Assert.Contains(engine.MulticastAnswers(), record => record.Name == Instance);
    }

    [Fact]
    public void Section_8_4_a_new_address_of_ours_is_announced_without_probing()
    {
        var engine = new EngineHarness().Settle();
        engine.SetLinks(EngineHarness.Link(EngineHarness.Eth0, "10.77.1.2"));
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(engine.Probes());
        Assert.Contains(engine.MulticastAnswers(), record => record is { Name: "beacon.local", Value: "10.77.1.2", Ttl: 120, Flush: true });
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Value == "10.77.1.1");
    }

    [Fact]
    public void Section_8_4_changed_text_is_announced_without_probing()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        engine.Tell(Services.Create(tags: ["new"]), RegistryEventKind.Updated);
        engine.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(engine.Probes());
        var texts = engine.MulticastAnswers().Where(record => record.Type == DecodedRecord.Txt).ToList();
        Assert.Equal(3, texts.Count);
        Assert.All(texts, text => Assert.Contains("tags=new", text.Strings()));
        Assert.DoesNotContain(engine.MulticastAnswers(), record => record.Type == DecodedRecord.Srv);
    }

    [Fact]
    public void Section_8_4_a_thousand_changes_a_second_are_at_most_ten_updates_a_minute_and_the_last_one_wins()
    {
        var engine = new EngineHarness(services: Services.Create()).Settle();
        for (var change = 1; change <= 1000; change++)
        {
            engine.Tell(Services.Create(tags: [$"v{change}"]), RegistryEventKind.Updated);
            engine.Advance(1);
        }

        engine.Advance(TimeSpan.FromSeconds(59));
        var states = engine.MulticastAnswers().Where(record => record.Type == DecodedRecord.Txt).Select(record => record.Value).Distinct();
        Assert.InRange(states.Count(), 1, 10);
        Assert.Contains("tags=v1000", engine.MulticastAnswers().Last(record => record.Type == DecodedRecord.Txt).Strings());
    }

    [Fact]
    public void Section_8_4_the_echo_of_an_older_state_is_no_conflict()
    {
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(2));
        var old = engine.Sent.Last(packet => packet.Message.Answers.Exists(record => record.Type == DecodedRecord.Txt));
        engine.Tell(Services.Create(tags: ["new"]), RegistryEventKind.Updated);
        engine.Advance(500);
        engine.Sent.Clear();
        engine.Receive(old.Bytes);
        engine.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(engine.Probes());
    }
}
