using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Hostile;

public sealed class HostileInputTests(ITestOutputHelper output)
{
    [Fact]
    public void Garbage_is_neither_answered_nor_fatal()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var engine = new EngineHarness(services: Services.Create()).Settle();
        for (var packet = 0; packet < 20_000; packet++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            engine.Receive(bytes);
        }

        engine.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(engine.Ask(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A)));
    }

    [Fact]
    public void Real_packets_with_flipped_bits_and_cut_ends_are_not_fatal()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var engine = new EngineHarness(services: Services.Create());
        engine.Advance(TimeSpan.FromSeconds(5));
        List<byte[]> corpus = [.. engine.Sent.Select(packet => packet.Bytes)];
        corpus.Add(PacketBuilder.Query(0x0200).Ask("_http._tcp.local", DecodedRecord.Ptr).Answer("a.local", 1, [1, 2, 3, 4]).ToArray());
        corpus.Add(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.Any, qu: true).Edns(1232).ToArray());
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = corpus[random.Next(corpus.Count)].ToArray();
            for (var flips = random.Next(1, 8); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var source = new IPEndPoint(new IPAddress([10, 77, 1, (byte)random.Next(2, 255)]), random.Next(2) == 0 ? 5353 : 40000);
            engine.Receive(bytes[..random.Next(bytes.Length + 1)], source, toGroup: random.Next(4) != 0);
            engine.Advance(random.Next(20));
            engine.Sent.Clear();
        }

        engine.Advance(TimeSpan.FromSeconds(60));
        Assert.StartsWith("beacon", engine.Engine.HostName, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_that_promise_more_than_there_is_are_not_believed()
    {
        var engine = new EngineHarness().Settle();
        engine.Receive([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        engine.Receive([0, 0, 0x84, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        engine.Receive(Array.Empty<byte>());
        engine.Advance(1000);

        Assert.Empty(engine.Sent);
    }

    [Fact]
    public void One_query_that_asks_for_a_large_type_hundreds_of_times_is_answered_once()
    {
        var services = Enumerable.Range(1, 2000).Select(n => Services.Create($"S{n}", id: n)).ToArray();
        var engine = new EngineHarness(services: services).Settle();
        engine.LoopsBack = false;
        var query = PacketBuilder.Query();
        for (var question = 0; question < 400; question++)
        {
            query.Ask("_http._tcp.local", DecodedRecord.Ptr, qu: question % 2 == 0);
        }

        var packets = engine.Ask(query, milliseconds: 1000);
        Assert.Equal(2001, packets.Sum(packet => packet.Message.Answers.Count));
    }

    [Fact]
    public void Datagrams_of_an_unknown_link_are_ignored()
    {
        var engine = new EngineHarness().Settle();
        engine.Receive(PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A), link: 99);
        Assert.Empty(engine.Sent);
    }
}
