using Beacon.Mdns.Querying;

namespace Beacon.Mdns.Browsing;

/// <summary>One service instance on one link, from the moment its name is heard.</summary>
internal sealed class Sighting(QueryLink link, byte[] name, ServiceName parts, long now) : IScheduled
{
    public QueryLink Link { get; } = link;

    public byte[] Name { get; } = name;

    public ServiceName Parts { get; } = parts;

    public long FoundAt { get; } = now;

    /// <summary>Records that lead here; without one it is gone.</summary>
    public HashSet<CachedRecord> Pointers { get; } = [];

    /// <summary>The host whose addresses are asked for; null as long as nobody said which.</summary>
    public byte[]? Target { get; set; }

    /// <summary>What the observer knows.</summary>
    public BrowsedService? Told { get; set; }

    /// <summary>First of the changes that were not told yet.</summary>
    public long ChangedAt { get; set; } = MdnsTimings.Idle;

    public long Due { get; set; } = MdnsTimings.Idle;

    int IScheduled.HeapIndex { get; set; } = -1;
}
