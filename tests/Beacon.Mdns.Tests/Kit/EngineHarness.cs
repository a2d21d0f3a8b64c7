using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Transport;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>
/// The engine on fake links in virtual time: nothing sleeps, and the same seed gives the same packets. Every multicast it sends comes
/// back to it by default, as it does from real sockets.
/// </summary>
internal sealed class EngineHarness : IDatagramSink
{
    public const int Eth0 = 2;
    public const int Eth1 = 3;

    private readonly MdnsEngine _engine;
    private readonly Queue<(int Link, bool IPv6, byte[] Bytes)> _looped = new();
    private List<LinkInfo> _links;
    private long _now;

    public EngineHarness(
        int seed = 1, MdnsOptions? options = null, MemoryNameStore? store = null, bool twoLinks = false, bool sharesPort = false,
        bool ipv6 = false, int mtu = 1500, bool start = true, params ServiceInstance[] services)
    {
        Store = store ?? new MemoryNameStore();
        Options = options ?? new MdnsOptions { Version = "2.0.0" };
        _links = [Link(Eth0, "10.77.1.1", ipv6, mtu)];
        if (twoLinks)
        {
            _links.Add(Link(Eth1, "10.77.2.1", ipv6, mtu));
        }

        _engine = new MdnsEngine(Options, this, Store, Lookups.Add, new Random(seed), new MdnsMetrics(), NullLogger.Instance);
        if (start)
        {
            _engine.Start(_links, sharesPort, [.. services.Select(service => service.View())], _now);
            Loop();
        }
    }

    public MdnsOptions Options { get; }

    public MemoryNameStore Store { get; }

    public MdnsEngine Engine => _engine;

    /// <summary>Everything sent, in order; IPv4 only unless a test asks for both.</summary>
    public List<SentPacket> Sent { get; } = [];

    /// <summary>Names the engine wanted looked up.</summary>
    public List<string> Lookups { get; } = [];

    public bool LoopsBack { get; set; } = true;

    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public static IPEndPoint Peer { get; } = new(IPAddress.Parse("10.77.1.9"), 5353);

    public static LinkInfo Link(int index, string address, bool ipv6 = false, int mtu = 1500)
    {
        List<LinkAddress> addresses = [new(IPAddress.Parse(address), 24)];
        if (ipv6)
        {
            addresses.Add(new(IPAddress.Parse($"fe80::{index}"), 64));
        }

        return new LinkInfo(index, $"eth{index - Eth0}", mtu, true, ipv6, addresses);
    }

    /// <summary>Runs every timer that becomes due, each at its own instant.</summary>
    public void Advance(TimeSpan time)
    {
        var until = _now + time.Ticks;
        var turns = 0;
        while (_engine.NextDue <= until)
        {
            Assert.True(turns++ < 1_000_000, "The engine does not come to rest.");
            _now = Math.Max(_now, _engine.NextDue);
            _engine.OnTimer(_now);
            Loop();
        }

        _now = until;
    }

    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Until everything is claimed and announced and the one-second rule no longer holds anything back.</summary>
    public EngineHarness Settle()
    {
        Advance(TimeSpan.FromSeconds(10));
        Sent.Clear();
        return this;
    }

    public void Receive(PacketBuilder packet, IPEndPoint? source = null, bool toGroup = true, int link = Eth0) =>
        Receive(packet.ToArray(), source, toGroup, link);

    public void Receive(byte[] packet, IPEndPoint? source = null, bool toGroup = true, int link = Eth0)
    {
        _engine.OnDatagram(link, source ?? Peer, toGroup, packet, _now);
        Loop();
    }

    /// <summary>Asks and waits for the answers of the next 200 ms.</summary>
    public List<SentPacket> Ask(PacketBuilder query, IPEndPoint? source = null, bool toGroup = true, int milliseconds = 200)
    {
        var before = Sent.Count;
        Receive(query, source, toGroup);
        Advance(milliseconds);
        return Sent[before..];
    }

    public void Register(ServiceInstance service) => Tell(service, RegistryEventKind.Registered);

    public void Tell(ServiceInstance service, RegistryEventKind kind)
    {
        _engine.OnRegistryEvent(service.Event(kind), _now);
        Loop();
    }

    public void Tell(in RegistryEvent registryEvent)
    {
        _engine.OnRegistryEvent(registryEvent, _now);
        Loop();
    }

    public void Resolve(string name, params string[] addresses)
    {
        _engine.OnLookup(name, [.. addresses.Select(IPAddress.Parse)], _now);
        Loop();
    }

    public void SetLinks(params LinkInfo[] links)
    {
        _links = [.. links];
        _engine.OnLinksChanged(_links, sharesPort: false, _now);
        Loop();
    }

    public int Stop()
    {
        var names = _engine.Stop(_now);
        Loop();
        return names;
    }

    /// <summary>Answers of all multicast responses sent so far.</summary>
    public IEnumerable<DecodedRecord> MulticastAnswers(int link = Eth0) =>
        Sent.Where(packet => packet.IsMulticast && packet.Link == link && !packet.IPv6 && packet.Message.IsResponse)
            .SelectMany(packet => packet.Message.Answers);

    public IEnumerable<SentPacket> Probes(int link = Eth0) =>
        Sent.Where(packet => packet.Link == link && !packet.IPv6 && packet.Message.IsProbe);

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        Sent.Add(new SentPacket(Now, linkIndex, ipv6, null, bytes, new DecodedMessage(bytes)));
        if (LoopsBack)
        {
            _looped.Enqueue((linkIndex, ipv6, bytes));
        }
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        Sent.Add(new SentPacket(Now, linkIndex, false, destination, bytes, new DecodedMessage(bytes)));
    }

    private void Loop()
    {
        while (_looped.TryDequeue(out var packet))
        {
            var own = _links.Find(link => link.Index == packet.Link)?.Addresses[0].Address ?? IPAddress.Loopback;
            _engine.OnDatagram(packet.Link, new IPEndPoint(own, 5353), toGroup: true, packet.Bytes, _now);
        }
    }
}
