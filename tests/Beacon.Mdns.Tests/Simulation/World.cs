using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Tests.Simulation.Hosts;
using Beacon.Mdns.Tests.Simulation.Rules;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>One run's cast: who is there, where, and what they have registered. Made by chance or, for a test of one thing, by hand.</summary>
internal sealed class World
{
    public static readonly string[] ServiceTypes = ["_http._tcp", "_mqtt._tcp"];

    private const int FirstPort = 1000;
    private const int FirstHttpPort = 20_000;

    private int _lastHostNumber;
    private int _lastIndex = 1;
    private int _lastRevision;
    private int _lastService;

    public World(int seed)
    {
        Network = new FakeNetwork(seed);
        Network.Rules.AddRange([Names, Rate, Traffic, new TruthRule()]);
    }

    public FakeNetwork Network { get; }

    public Random Random => Network.Random;

    public NamesSeen Names { get; } = new();

    public RateRule Rate { get; } = new();

    public TrafficRule Traffic { get; } = new();

    public List<BeaconHost> Beacons { get; } = [];

    public List<HonestPeer> Peers { get; } = [];

    public List<Listener> Listeners { get; } = [];

    public List<LegacyAsker> Legacy { get; } = [];

    public List<BrowserHost> Browsers { get; } = [];

    public NameThief? Thief { get; private set; }

    public Reflector? Reflector { get; private set; }

    /// <summary>All Beacons have the same services with the same data; then nobody may be renamed.</summary>
    public bool AreTwins { get; init; }

    public BeaconHost AddBeacon(bool hasOwnName, params ReadOnlySpan<Segment> on)
    {
        var number = Beacons.Count + 1;
        var options = new MdnsOptions
        {
            HttpPort = FirstHttpPort + number,
            HostName = hasOwnName ? $"beacon{number}" : "beacon",
            InstanceName = hasOwnName ? $"Beacon {number}" : "Beacon",
        };
        var offset = Random.NextInt64(TimeSpan.TicksPerDay * 365);
        var clock = new HostClock(offset, (Random.NextDouble() - 0.5) * 0.0004);
        var beacon = new BeaconHost($"beacon{number}", Network, clock, options)
        {
            NameServer = { ["nas.lan"] = IPAddress.Parse("10.77.200.1"), ["cam.lan"] = IPAddress.Parse("10.77.200.2") },
        };
        var hasIPv6 = Random.Next(4) == 0;
        foreach (var segment in on)
        {
            Attach(beacon, segment, hasIPv6);
        }

        Beacons.Add(beacon);
        return beacon;
    }

    public HonestPeer AddPeer(Segment segment, string host, string instance, string type)
    {
        var number = Peers.Count + 1;
        var peer = new HonestPeer($"peer{number}", Network, host, instance + "." + type + ".local", type + ".local", FirstPort - number);
        Attach(peer, segment);
        Peers.Add(peer);
        return peer;
    }

    public Listener AddListener(Segment segment)
    {
        var listener = new Listener($"phone{Listeners.Count + 1}", Network, [.. ServiceTypes.Append("_beacon._tcp").Select(type => type + ".local")]);
        Attach(listener, segment);
        Listeners.Add(listener);
        return listener;
    }

    /// <summary>Comes when all faults are over, by chance of its own: what happens before is the same without it.</summary>
    public BrowserHost AddBrowser(Segment segment, int seed)
    {
        var browser = new BrowserHost($"browser{Browsers.Count + 1}", Network, seed);
        Attach(browser, segment);
        Browsers.Add(browser);
        return browser;
    }

    public NameThief AddThief(Segment segment)
    {
        Attach(Thief = new NameThief("thief", Network), segment);
        return Thief;
    }

    public void AddReflector(Segment first, Segment second)
    {
        Reflector = new Reflector("reflector", Network);
        Attach(Reflector, first);
        Attach(Reflector, second);
    }

    public LegacyAsker AddLegacyAsker(Segment segment)
    {
        var asker = new LegacyAsker($"resolver{Legacy.Count + 1}", Network);
        Attach(asker, segment);
        Legacy.Add(asker);
        return asker;
    }

    /// <summary>A service nobody else has: its port and its TXT say which state of which service it is.</summary>
    public ServiceInstance NewService(string name, string host, string type, ServiceId? id = null)
    {
        var revision = ++_lastRevision;
        var created = Services.Create(
            name: name,
            host: host,
            port: FirstPort + revision,
            mdnsType: type,
            txt: [new(TruthRule.Revision, TruthRule.NextRevision(revision))],
            source: "10.77.1.77",
            id: ++_lastService);
        return id is null ? created : created with { Id = id.Value };
    }

    public int NewHostNumber() => ++_lastHostNumber;

    public int NewIndex() => ++_lastIndex;

    /// <summary>Do two hosts hear each other, over a bridge or a reflector if need be?</summary>
    public bool AreConnected(Segment left, Segment right) =>
        left == right || left.BridgedTo == right
        || (Reflector is { } reflector && reflector.Ports.Exists(port => port.Segment == left) && reflector.Ports.Exists(port => port.Segment == right));

    private void Attach(SimHost host, Segment segment, bool hasIPv6 = false) =>
        Network.Attach(host, segment, NewIndex(), NewHostNumber(), hasIPv6);
}
