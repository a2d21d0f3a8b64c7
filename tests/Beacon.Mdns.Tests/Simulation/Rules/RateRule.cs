using Beacon.Mdns.Tests.Simulation.Hosts;

namespace Beacon.Mdns.Tests.Simulation.Rules;

/// <summary>
/// No record is multicast as an answer twice within a second on one link; a quarter of a second when somebody probes for its name
/// (RFC 6762 §6). By the sender's own clock.
/// </summary>
internal sealed class RateRule : IWireRule
{
    private readonly Dictionary<RecordOnLink, long> _lastSent = [];
    private readonly Dictionary<(SimHost Host, int Link, string Name), long> _lastProbed = [];

    public void OnSent(WirePacket packet)
    {
        if (packet.From.Host is not BeaconHost beacon || packet.Destination is not null || !packet.Message.IsResponse)
        {
            return;
        }

        var now = beacon.LocalNow;
        foreach (var record in packet.Message.Answers)
        {
            var key = new RecordOnLink(
                beacon, beacon.Incarnation, packet.From.Index, packet.IPv6, record.Name, record.Type, ContentHash(record.Rdata));
            if (record.Ttl == 0)
            {
                // What was taken back and is said again must be said before the goodbye's second is over.
                _lastSent.Remove(key);
                continue;
            }

            if (_lastSent.TryGetValue(key, out var last) && now - last < GapFor(beacon, packet.From.Index, record.Name, now))
            {
                throw new SimulationFailure(
                    $"{beacon.Name} multicast {record} on interface {packet.From.Index} again after {TimeSpan.FromTicks(now - last).TotalMilliseconds} ms");
            }

            _lastSent[key] = now;
        }
    }

    public void OnReceived(Port port, WirePacket packet)
    {
        if (port.Host is not BeaconHost beacon || packet.From == port || packet.Message.IsResponse)
        {
            return;
        }

        if (packet.Message.IsProbe)
        {
            foreach (var question in packet.Message.Questions)
            {
                _lastProbed[(beacon, port.Index, question.Name.ToLowerInvariant())] = beacon.LocalNow;
            }
        }
    }

    /// <summary>A link that went and came is another link.</summary>
    public void Forget(BeaconHost beacon)
    {
        foreach (var key in _lastSent.Keys.Where(key => key.Host == beacon).ToList())
        {
            _lastSent.Remove(key);
        }
    }

    private long GapFor(BeaconHost beacon, int link, string name, long now)
    {
        var isDefence = _lastProbed.TryGetValue((beacon, link, name.ToLowerInvariant()), out var probed)
            && now - probed <= MdnsTimings.DefenceGap.Ticks + MdnsTimings.BurstPause.Ticks;
        return (isDefence ? MdnsTimings.DefenceGap : MdnsTimings.RecordGap).Ticks;
    }

    private static ulong ContentHash(byte[] rdata)
    {
        const ulong Offset = 14695981039346656037;
        const ulong Prime = 1099511628211;
        var hash = Offset;
        foreach (var part in rdata)
        {
            hash = (hash ^ part) * Prime;
        }

        return hash;
    }

    private readonly record struct RecordOnLink(
        SimHost Host, int Incarnation, int Link, bool IPv6, string Name, ushort Type, ulong Content);
}
