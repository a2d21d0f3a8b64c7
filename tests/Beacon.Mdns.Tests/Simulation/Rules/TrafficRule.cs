using Beacon.Mdns.Tests.Simulation.Hosts;

namespace Beacon.Mdns.Tests.Simulation.Rules;

/// <summary>However wild the network, a Beacon sends a bounded number of packets per second and link.</summary>
internal sealed class TrafficRule : IWireRule
{
    /// <summary>
    /// Multicasts of one family. A dozen services all changing, probing and being asked for within one second come to about a third
    /// of this in the worst of ten thousand runs.
    /// </summary>
    public const int MostPerSecond = 60;

    private readonly Dictionary<(SimHost Host, int Link, bool IPv6), Queue<long>> _sent = [];

    /// <summary>Most packets any link saw of one Beacon within a second.</summary>
    public int Peak { get; private set; }

    public void OnSent(WirePacket packet)
    {
        if (packet.From.Host is not BeaconHost || packet.Destination is not null)
        {
            return;
        }

        var key = (packet.From.Host, packet.From.Index, packet.IPv6);
        if (!_sent.TryGetValue(key, out var sent))
        {
            _sent.Add(key, sent = new Queue<long>());
        }

        while (sent.TryPeek(out var first) && first <= packet.At - SimTime.Second)
        {
            sent.Dequeue();
        }

        sent.Enqueue(packet.At);
        Peak = Math.Max(Peak, sent.Count);
        if (sent.Count > MostPerSecond)
        {
            throw new SimulationFailure($"{packet.From.Host.Name} multicast {sent.Count} packets within a second on interface {packet.From.Index}");
        }
    }

    public void OnReceived(Port port, WirePacket packet)
    {
    }
}
