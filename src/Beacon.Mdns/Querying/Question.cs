namespace Beacon.Mdns.Querying;

/// <summary>Something wanted on one link, and how far asking for it is (RFC 6762 §5.2). Owned by the querier's thread.</summary>
internal sealed class Question(QuestionKey key) : IScheduled
{
    public QuestionKey Key { get; } = key;

    /// <summary>How many want it.</summary>
    public int Users { get; set; }

    /// <summary>Next query of the series; idle after an answer nobody else could add to.</summary>
    public long SeriesDue { get; set; } = MdnsTimings.Idle;

    /// <summary>Next query because an answer grows old.</summary>
    public long RefreshDue { get; set; } = MdnsTimings.Idle;

    public TimeSpan Gap { get; set; }

    /// <summary>Queries of this series sent so far, or heard from others in our stead.</summary>
    public int Asked { get; set; }

    public long LastAsked { get; set; } = MdnsTimings.Never;

    /// <summary>When another host last asked the same, knowing nothing that we do not.</summary>
    public long HeardAt { get; set; } = MdnsTimings.Never;

    /// <summary>Answers by unicast are welcome until then.</summary>
    public long UnicastUntil { get; set; } = MdnsTimings.Never;

    public long Due => Math.Min(SeriesDue, RefreshDue);

    int IScheduled.HeapIndex { get; set; } = -1;
}
