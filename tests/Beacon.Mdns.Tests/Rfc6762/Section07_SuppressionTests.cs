using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section07_SuppressionTests
{
    private const string Type = "_http._tcp.local";
    private static readonly byte[] Sensor = PacketBuilder.Name("Sensor._http._tcp.local");
    private static readonly byte[] SensorInCapitals = PacketBuilder.Name("SENSOR._HTTP._tcp.local");
    private static readonly byte[] Own = PacketBuilder.Name("Beacon._http._tcp.local");

    [Theory]
    [InlineData(4500, false)]
    [InlineData(2250, false)]
    [InlineData(2249, true)]
    [InlineData(0, true)]
    public void Section_7_1_a_known_answer_with_half_its_life_left_is_not_repeated(uint ttl, bool isRepeated)
    {
        var packet = Assert.Single(Started().Ask(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr)
            .Answer(Type, DecodedRecord.Ptr, Sensor, ttl)));

        Assert.Equal(isRepeated, packet.Message.Answers.Exists(record => record.Value.StartsWith("Sensor", StringComparison.Ordinal)));
        Assert.Equal(isRepeated, packet.Message.Additionals.Exists(record => record.Name.StartsWith("Sensor", StringComparison.Ordinal)));
    }

    [Fact]
    public void Section_7_1_known_answers_are_compared_without_regard_to_case()
    {
        Assert.Empty(Started().Ask(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr)
            .Answer("_HTTP._TCP.local", DecodedRecord.Ptr, SensorInCapitals, 4500)
            .Answer(Type, DecodedRecord.Ptr, Own, 4500)));
    }

    [Fact]
    public void Section_7_1_a_known_unique_record_is_not_repeated_either()
    {
        Assert.Empty(Started().Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)
            .Answer("beacon.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.1"), 60)));
    }

    [Fact]
    public void Section_7_2_a_truncated_query_is_answered_400_to_500_ms_after_its_last_truncated_packet()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var engine = Started(seed);
            engine.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr));
            engine.Advance(300);
            var last = engine.Now;
            engine.Receive(PacketBuilder.Query(0x0200).Answer(Type, DecodedRecord.Ptr, Own, 4500));
            engine.Advance(700);

            var packet = Assert.Single(engine.Sent);
            Assert.InRange((packet.At - last).TotalMilliseconds, 400, 500);
            Assert.Equal("Sensor._http._tcp.local", Assert.Single(packet.Message.Answers).Value);
        }
    }

    [Fact]
    public void Section_7_2_known_answers_of_the_following_packets_count()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr).Answer(Type, DecodedRecord.Ptr, Own, 4500));
        engine.Receive(PacketBuilder.Query().Answer(Type, DecodedRecord.Ptr, Sensor, 4500));
        engine.Advance(700);

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void Section_7_2_what_one_host_knows_does_not_silence_the_answer_to_another()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr));
        engine.Receive(PacketBuilder.Query().Answer(Type, DecodedRecord.Ptr, Sensor, 4500).Answer(Type, DecodedRecord.Ptr, Own, 4500));
        engine.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr), new IPEndPoint(IPAddress.Parse("10.77.1.10"), 5353));
        engine.Advance(700);

        Assert.Equal(2, Assert.Single(engine.Sent).Message.Answers.Count);
    }

    [Fact]
    public void Section_7_2_an_endless_truncated_query_is_answered_after_two_seconds()
    {
        var engine = Started();
        var start = engine.Now;
        engine.Receive(PacketBuilder.Query(0x0200).Ask(Type, DecodedRecord.Ptr));
        for (var packet = 0; packet < 100 && engine.Sent.Count == 0; packet++)
        {
            engine.Advance(100);
            engine.Receive(PacketBuilder.Query(0x0200).Answer("x.local", DecodedRecord.A, [1, 2, 3, 4]));
        }

        Assert.Equal(TimeSpan.FromSeconds(2), engine.Sent[0].At - start);
    }

    [Fact]
    public void Section_7_2_ten_thousand_truncated_queries_from_invented_addresses_do_no_harm()
    {
        var engine = Started();
        for (var n = 0; n < 10_000; n++)
        {
            engine.Receive(
                PacketBuilder.Query(0x0200).Ask("x.local", DecodedRecord.A),
                new IPEndPoint(new IPAddress([10, 77, (byte)(n >> 8), (byte)n]), 5353));
        }

        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Section_7_4_an_answer_another_host_gives_first_is_not_given_again()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
        engine.Advance(10);
        engine.Receive(PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, Sensor, 4500));
        engine.Advance(200);

        Assert.Equal("Beacon._http._tcp.local", Assert.Single(Assert.Single(engine.Sent).Message.Answers).Value);
    }

    [Fact]
    public void Section_7_4_a_copy_with_a_shorter_life_does_not_stand_for_ours()
    {
        var engine = Started();
        engine.Receive(PacketBuilder.Query().Ask(Type, DecodedRecord.Ptr));
        engine.Advance(10);
        engine.Receive(PacketBuilder.Response().Answer(Type, DecodedRecord.Ptr, Sensor, 4499));
        engine.Advance(200);

        Assert.Equal(2, Assert.Single(engine.Sent).Message.Answers.Count);
    }

    private static EngineHarness Started(int seed = 1) => new EngineHarness(seed, services: Services.Create()).Settle();
}
