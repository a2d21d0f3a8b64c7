using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>Names that are probed in the same packets: two hundred services are not two hundred timers (RFC 6762 §8.1).</summary>
internal sealed class ProbeGroup(long due, bool isOverflow)
{
    public List<OwnedName> Names { get; } = [];

    /// <summary>When the next probe, or the end of waiting after the last one, is due.</summary>
    public long Due { get; set; } = due;

    /// <summary>Made because the groups before it were full; takes names whatever start window they have.</summary>
    public bool IsOverflow { get; } = isOverflow;

    public bool IsOpen => Sent == 0 && Names.Count < MdnsLimits.ProbeGroup;

    /// <summary>Probes sent. Conflicts before the first one do not concern us: we have not asked yet.</summary>
    public int Sent { get; set; }
}
