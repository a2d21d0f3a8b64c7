using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>The querier on fake links in virtual time. What it sends to the group comes back to it, as from real sockets.</summary>
internal sealed class QuerierHarness : IDatagramSink, IRecordListener
{
    public const int Eth0 = EngineHarness.Eth0;
    public const int Eth1 = EngineHarness.Eth1;

    private readonly Queue<(int Link, byte[] Bytes)> _looped = new();
    private long _now;

    public QuerierHarness(int seed = 1, bool twoLinks = false, bool sharesPort = false, int mtu = 1500)
    {
        Querier = new QueryEngine(this, new Random(seed)) { Listener = this };
        List<LinkInfo> links = [EngineHarness.Link(Eth0, "10.77.1.1", mtu: mtu)];
        if (twoLinks)
        {
            links.Add(EngineHarness.Link(Eth1, "10.77.2.1", mtu: mtu));
        }

        Querier.OnLinksChanged(links, sharesPort, _now);
    }

    public QueryEngine Querier { get; }

    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public long Ticks => _now;

    public List<SentPacket> Sent { get; } = [];

    /// <summary>"+" or "-", the type's number and the name, as the listener heard them.</summary>
    public List<string> News { get; } = [];

    /// <summary>Called beside it, for what a session makes of the records.</summary>
    public IRecordListener? Inner { get; set; }

    public Action<long>? Timer { get; set; }

    public Func<long>? TimerDue { get; set; }

    public QueryLink Link(int index = Eth0) => Querier.Links.Single(x => x.Index == index);

    public void Want(string name, ushort type) => Querier.WantEverywhere(PacketBuilder.Name(name), (RecordType)type, _now);

    public void Receive(PacketBuilder packet, IPEndPoint? source = null, bool toGroup = true, int link = Eth0) =>
        Receive(packet.ToArray(), source, toGroup, link);

    public void Receive(byte[] packet, IPEndPoint? source = null, bool toGroup = true, int link = Eth0) =>
        Querier.OnDatagram(link, source ?? EngineHarness.Peer, toGroup, packet, _now);

    public void SetLinks(params LinkInfo[] links) => Querier.OnLinksChanged(links, false, _now);

    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void Advance(TimeSpan time)
    {
        var until = _now + time.Ticks;
        var turns = 0;
        while (Math.Min(Querier.NextDue, TimerDue?.Invoke() ?? MdnsTimings.Idle) is var due && due <= until)
        {
            Assert.True(turns++ < 1_000_000, "The querier does not come to rest.");
            _now = Math.Max(_now, due);
            Querier.OnTimer(_now);
            Timer?.Invoke(_now);
            while (_looped.TryDequeue(out var packet))
            {
                Querier.OnDatagram(packet.Link, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353), toGroup: true, packet.Bytes, _now);
            }
        }

        _now = until;
    }

    /// <summary>Instants of the packets with this question, first to last.</summary>
    public List<TimeSpan> Asked(string name, ushort type, int link = Eth0) =>
        [.. Sent.Where(x => x.Link == link && x.Message.Questions.Exists(q => q.Name == name && q.Type == type)).Select(x => x.At)];

    /// <summary>Values known on a link under a name and type.</summary>
    public List<string> Known(string name, ushort type, int link = Eth0) =>
        [.. (Link(link).Cache.Find(PacketBuilder.Name(name), (RecordType)type)?.Records ?? [])
            .Select(x => new DecodedRecord(name, type, 1, false, x.Ttl, x.Rdata, x.Rdata).Value)];

    void IRecordListener.OnRecord(QueryLink link, CachedRecord record, long now)
    {
        News.Add($"+ {(int)record.Type} {DecodedMessage.NameText(record.Name)}");
        Inner?.OnRecord(link, record, now);
    }

    void IRecordListener.OnGone(QueryLink link, CachedRecord record, long now)
    {
        News.Add($"- {(int)record.Type} {DecodedMessage.NameText(record.Name)}");
        Inner?.OnGone(link, record, now);
    }

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        Sent.Add(new SentPacket(Now, linkIndex, ipv6, null, bytes, new DecodedMessage(bytes)));
        _looped.Enqueue((linkIndex, bytes));
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        Assert.Fail("A querier sends to the group only.");
}
