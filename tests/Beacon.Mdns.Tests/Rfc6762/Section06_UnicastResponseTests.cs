using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

/// <summary>Answers by unicast, those we get and those we give.</summary>
public sealed class Section06_UnicastResponseTests
{
    private const int Limit = 2000;
    private const int HostLimit = Limit / 10;

    [Theory]
    [InlineData(1900, true)]
    [InlineData(2100, false)]
    public void Section_6_a_unicast_response_counts_only_within_two_seconds_of_our_question(int afterLastProbe, bool counts)
    {
        var engine = new EngineHarness();
        engine.Advance(TimeSpan.FromSeconds(1));
        var lastProbe = engine.Probes().Last().At;
        engine.Advance(lastProbe + TimeSpan.FromMilliseconds(afterLastProbe) - engine.Now);
        engine.Sent.Clear();

        engine.Receive(HostConflict(), toGroup: false);
        engine.Advance(500);

        Assert.Equal(counts, engine.Probes().Any());
    }

    [Fact]
    public void Section_6_a_unicast_response_answers_a_probe()
    {
        var engine = new EngineHarness();
        engine.Advance(300);
        engine.Receive(HostConflict(), toGroup: false);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("beacon-2.local", engine.Engine.HostName);
    }

    [Fact]
    public void Section_15_1_beside_another_responder_no_unicast_response_is_ours()
    {
        var engine = new EngineHarness(sharesPort: true);
        engine.Advance(300);
        engine.Receive(HostConflict(), toGroup: false);
        engine.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("beacon.local", engine.Engine.HostName);
    }

    [Fact]
    public void One_host_gets_a_tenth_of_the_answers_of_a_link_and_the_others_are_served()
    {
        var engine = new EngineHarness().Settle();
        Assert.Equal(HostLimit, Answered(engine, host: 9, questions: 1000));
        Assert.Equal(1, Answered(engine, host: 10, questions: 1));

        engine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HostLimit, Answered(engine, host: 9, questions: 1000));
    }

    [Fact]
    public void All_hosts_together_get_no_more_than_the_link_gives()
    {
        var engine = new EngineHarness().Settle();
        var answered = Enumerable.Range(1, 100).Sum(host => Answered(engine, host, questions: 50));
        Assert.InRange(answered, Limit - HostLimit, Limit);
    }

    [Fact]
    public void Section_8_1_a_name_is_defended_before_everybody_when_its_rival_may_have_no_more_answers()
    {
        var engine = new EngineHarness().Settle();
        Answered(engine, host: 9, questions: 1000);
        engine.Sent.Clear();

        engine.Receive(PacketBuilder.Query()
            .Ask("beacon.local", DecodedRecord.Any, qu: true)
            .Authority("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.200")));

        var defence = Assert.Single(engine.Sent);
        Assert.True(defence.IsMulticast);
        Assert.Contains(defence.Message.Answers, record => record.Value == "10.77.1.1");
    }

    [Fact]
    public void A_limit_of_zero_is_none()
    {
        var engine = new EngineHarness(options: new MdnsOptions { UnicastAnswersPerSecond = 0 }).Settle();
        Assert.Equal(5000, Answered(engine, host: 9, questions: 5000));
    }

    private static int Answered(EngineHarness engine, int host, int questions)
    {
        var before = engine.Sent.Count;
        for (var question = 0; question < questions; question++)
        {
            engine.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A), new IPEndPoint(IPAddress.Parse($"10.77.1.{host}"), 40000));
        }

        return engine.Sent.Count - before;
    }

    private static PacketBuilder HostConflict() =>
        PacketBuilder.Response().Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.99"), flush: true);
}
