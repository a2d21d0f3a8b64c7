using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Rfc6762;

public sealed class Section17_MessageSizeTests
{
    private const string Instance = "Sensor._http._tcp.local";
    private const int SmallMtu = 1280;
    private const int Headers = 28;
    private const int LargestText = 1300;

    [Fact]
    public void Section_17_a_record_larger_than_a_packet_is_announced_alone_in_its_datagram()
    {
        var engine = new EngineHarness(mtu: SmallMtu, services: LargeText());
        engine.Advance(TimeSpan.FromSeconds(10));
        var large = engine.Sent.Where(packet => packet.Message.IsResponse && packet.Bytes.Length > SmallMtu - Headers).ToList();

        Assert.Equal(3, large.Count);
        Assert.All(large, packet =>
        {
            Assert.Equal(DecodedRecord.Txt, Assert.Single(packet.Message.Answers).Type);
            Assert.Empty(packet.Message.Additionals);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Section_17_such_a_record_goes_to_everybody_whoever_asks(bool qu)
    {
        var engine = new EngineHarness(mtu: SmallMtu, services: LargeText()).Settle();
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Txt, qu)));

        Assert.True(packet.IsMulticast);
        Assert.InRange(Assert.Single(packet.Message.Answers).Rdata.Length, SmallMtu - Headers, LargestText);
    }

    [Fact]
    public void Section_17_a_legacy_asker_is_told_that_it_did_not_fit()
    {
        var engine = new EngineHarness(mtu: SmallMtu, services: LargeText()).Settle();
        var client = new System.Net.IPEndPoint(EngineHarness.Peer.Address, 40000);
        var packet = Assert.Single(engine.Ask(PacketBuilder.Query().Ask(Instance, DecodedRecord.Txt), client));

        Assert.True(packet.Message.IsTruncated);
        Assert.Empty(packet.Message.Answers);
    }

    private static Registry.Services.ServiceInstance LargeText() => Services.Create(
        txt: [.. Enumerable.Range(0, 20).Select(n => KeyValuePair.Create($"key{n}", new string('x', 90)))]);
}
