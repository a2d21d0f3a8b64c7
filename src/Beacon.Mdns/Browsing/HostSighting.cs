using Beacon.Mdns.Querying;

namespace Beacon.Mdns.Browsing;

/// <summary>What one link says about the host asked for.</summary>
internal sealed class HostSighting(QueryLink link, byte[] name, long now) : IScheduled
{
    public QueryLink Link { get; } = link;

    /// <summary>The name asked for, and behind it what its aliases lead to.</summary>
    public List<byte[]> Names { get; } = [name];

    public long FoundAt { get; } = now;

    public BrowsedHost? Told { get; set; }

    public long Due { get; set; } = MdnsTimings.Idle;

    int IScheduled.HeapIndex { get; set; } = -1;
}
