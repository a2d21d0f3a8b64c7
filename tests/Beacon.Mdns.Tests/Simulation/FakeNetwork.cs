using System.Net;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>
/// Hosts on segments in virtual time. What happens is a queue of instants; what happens by chance comes from one seeded source, in
/// one order, so a seed is a whole run.
/// </summary>
internal sealed class FakeNetwork(int seed)
{
    /// <summary>Between writing to a socket and hearing oneself.</summary>
    private const long LoopDelay = SimTime.Millisecond / 20;

    /// <summary>Packets that arrive and timers that fire in one run: a hundred times what the busiest honest run comes to.</summary>
    private const int MostHappenings = 2_000_000;

    private readonly PriorityQueue<Happening, (long At, long Order)> _queue = new();
    private long _order;
    private int _happened;

    public Random Random { get; } = new(seed);

    public long Now { get; private set; }

    public List<Segment> Segments { get; } = [];

    public List<SimHost> Hosts { get; } = [];

    public List<IWireRule> Rules { get; } = [];

    public Trace Trace { get; } = new();

    public int PacketsSent { get; private set; }

    public Segment AddSegment()
    {
        var segment = new Segment(Segments.Count + 1);
        Segments.Add(segment);
        return segment;
    }

    public Port Attach(SimHost host, Segment segment, int index, int number, bool hasIPv6 = false)
    {
        var port = new Port(host, segment, index, number, hasIPv6);
        segment.Ports.Add(port);
        host.Ports.Add(port);
        if (!Hosts.Contains(host))
        {
            Hosts.Add(host);
        }

        return port;
    }

    /// <summary>Random instant up to <paramref name="most"/> from now on.</summary>
    public long Within(long most) => Now + Random.NextInt64(most + 1);

    public void At(long when, Action act) => Enqueue(Math.Max(when, Now), new Happening(act, null, null));

    public void RunUntil(long when)
    {
        while (_queue.TryPeek(out _, out var next) && next.At <= when)
        {
            var happening = _queue.Dequeue();
            Now = next.At;
            if (_happened++ == MostHappenings)
            {
                throw new SimulationFailure("The network does not come to rest");
            }

            if (happening.Act is not null)
            {
                happening.Act();
            }
            else
            {
                Arrive(happening.To!, happening.Packet!);
            }
        }

        Now = when;
    }

    public void Note(string what) => Trace.Add(Now, what);

    public void Multicast(Port from, bool ipv6, byte[] bytes)
    {
        if (!from.IsUp)
        {
            return;
        }

        var packet = Register(new WirePacket(Now, from, ipv6, ipv6 ? from.SourceIPv6 : from.Source, null, bytes));
        if (from.Host.HearsItself)
        {
            Enqueue(Now + LoopDelay, new Happening(null, from, packet));
        }

        Deliver(packet, from.Segment, null);
        if (from.Segment.BridgedTo is { } other)
        {
            Deliver(packet, other, null);
        }
    }

    public void Unicast(Port from, IPEndPoint destination, byte[] bytes)
    {
        if (!from.IsUp)
        {
            return;
        }

        var isIPv6 = destination.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var packet = Register(new WirePacket(Now, from, isIPv6, isIPv6 ? from.SourceIPv6 : from.Source, destination, bytes));
        Deliver(packet, from.Segment, destination.Address);
        if (from.Segment.BridgedTo is { } other)
        {
            Deliver(packet, other, destination.Address);
        }
    }

    /// <summary>From a port of the sender's own choice, as resolvers without an mDNS socket ask.</summary>
    public void MulticastFrom(Port from, ushort sourcePort, byte[] bytes)
    {
        if (from.IsUp)
        {
            Deliver(Register(new WirePacket(Now, from, false, new IPEndPoint(from.Address, sourcePort), null, bytes)), from.Segment, null);
        }
    }

    private WirePacket Register(WirePacket packet)
    {
        PacketsSent++;
        Trace.Add(Now, packet);
        foreach (var rule in Rules)
        {
            rule.OnSent(packet);
        }

        return packet;
    }

    private void Deliver(WirePacket packet, Segment segment, IPAddress? to)
    {
        var conditions = segment.Conditions;
        foreach (var port in segment.Ports)
        {
            if (port == packet.From || !port.IsUp || port.Side != packet.From.Side
                || (to is not null && !to.Equals(packet.IPv6 ? port.SourceIPv6.Address : port.Address)))
            {
                continue;
            }

            if (conditions.Loss > 0 && Random.NextDouble() < conditions.Loss)
            {
                continue;
            }

            var copies = conditions.Duplication > 0 && Random.NextDouble() < conditions.Duplication ? 2 : 1;
            for (; copies > 0; copies--)
            {
                var late = conditions.Late > 0 && Random.NextDouble() < conditions.Late ? Random.NextInt64(LinkConditions.LateMost) : 0;
                Enqueue(Now + late + Random.NextInt64(conditions.DelayMost + 1), new Happening(null, port, packet));
            }
        }
    }

    private void Arrive(Port port, WirePacket packet)
    {
        if (!port.IsUp || !port.Host.IsAlive)
        {
            return;
        }

        foreach (var rule in Rules)
        {
            rule.OnReceived(port, packet);
        }

        port.Host.Receive(port, packet);
    }

    private void Enqueue(long at, Happening happening) => _queue.Enqueue(happening, (at, _order++));

    private readonly record struct Happening(Action? Act, Port? To, WirePacket? Packet);
}
