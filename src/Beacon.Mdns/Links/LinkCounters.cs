namespace Beacon.Mdns.Links;

/// <summary>What went over one link since it came up. Owned by the engine's thread.</summary>
internal sealed class LinkCounters
{
    private static readonly int Reasons = Enum.GetValues<DropReason>().Length;

    private readonly long[] _dropped = new long[Reasons];

    public long Received { get; set; }

    /// <summary>Counting each family.</summary>
    public long Sent { get; set; }

    /// <summary>Unicast answers beyond the limit of their asker or of the link.</summary>
    public long Withheld { get; set; }

    public void Drop(DropReason reason)
    {
        _dropped[(int)reason]++;
        MdnsMetrics.Refused(reason);
    }

    /// <summary>By <see cref="DropReason"/>.</summary>
    public long[] Dropped() => [.. _dropped];
}
