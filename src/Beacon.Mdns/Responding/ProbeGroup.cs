using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>Names that are probed in the same packets: two hundred services are not two hundred timers (RFC 6762 §8.1).</summary>
internal sealed class ProbeGroup(long due)
{
    public List<OwnedName> Names { get; } = [];

    /// <summary>When the next probe, or the end of waiting after the last one, is due.</summary>
    public long Due { get; set; } = due;

    /// <summary>Probes sent. Conflicts before the first one do not concern us: we have not asked yet.</summary>
    public int Sent { get; set; }
}
