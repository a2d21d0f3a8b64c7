namespace Beacon.Mdns.Querying;

/// <summary>Durations of RFC 6762 that only one who asks needs; the others are in <see cref="MdnsTimings"/>.</summary>
internal static class QuerierTimings
{
    /// <summary>Shortest wait before the first query of a series, so that hosts which start together do not ask together (§5.2).</summary>
    public static readonly TimeSpan FirstQueryLeast = TimeSpan.FromMilliseconds(20);

    public static readonly TimeSpan FirstQueryMost = TimeSpan.FromMilliseconds(120);

    /// <summary>From the first query to the second; each further gap is twice the one before (§5.2).</summary>
    public static readonly TimeSpan FirstGap = TimeSpan.FromSeconds(1);

    /// <summary>Gaps stop to grow here (§5.2).</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromHours(1);

    /// <summary>One question is not asked more often, whatever lifetimes the network claims: a flood of short ones must not become a flood of queries.</summary>
    public static readonly TimeSpan QuestionGap = TimeSpan.FromSeconds(1);

    /// <summary>A query of another host counts for ours if it was heard this shortly before (§7.3). Shorter than any gap of our own.</summary>
    public static readonly TimeSpan HeardWindow = TimeSpan.FromMilliseconds(500);

    /// <summary>An answer by unicast is believed this long after the question that allowed it (§6).</summary>
    public static readonly TimeSpan UnicastWindow = TimeSpan.FromSeconds(2);

    /// <summary>A record taken back, or replaced, stays this long: another host may hold it too, or the data may come in several packets (§10.1, §10.2).</summary>
    public static readonly TimeSpan LastSecond = TimeSpan.FromSeconds(1);

    /// <summary>Two questions that nobody answers are two when they are this far apart: one question comes by both families, and copies come (§10.5).</summary>
    public static readonly TimeSpan UnansweredGap = TimeSpan.FromSeconds(1);

    /// <summary>After the second the owner has this long (§10.5).</summary>
    public static readonly TimeSpan UnansweredGrace = TimeSpan.FromSeconds(10);

    /// <summary>Percent of the lifetime after which a record somebody wants is asked for again (§5.2).</summary>
    public static readonly int[] RefreshPercents = [80, 85, 90, 95];

    /// <summary>Random percent added to each of them (§5.2).</summary>
    public const int RefreshJitterPercent = 2;

    /// <summary>Longest lifetime believed, seconds: a quarter more than the longest RFC 6762 §10 recommends.</summary>
    public const uint LongestTtl = MdnsTimings.OtherTtl + (MdnsTimings.OtherTtl / 4);

    /// <summary>A resolved service is told this long after its last change, so that addresses of both families come together. Ours.</summary>
    public static readonly TimeSpan SettleDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Changes that keep coming are told after this long at the latest. Ours.</summary>
    public static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(1);

    /// <summary>A service whose host, port, attributes or addresses are still unknown after this long is told as it is: two queries went out for each. Ours.</summary>
    public static readonly TimeSpan UnresolvedLimit = TimeSpan.FromSeconds(2);

    /// <summary>A host whose one address family answered is given this long for the other. Ours.</summary>
    public static readonly TimeSpan OtherFamily = TimeSpan.FromMilliseconds(500);

    /// <summary>A look around takes at least this long: it covers the second query of each series. Ours.</summary>
    public static readonly TimeSpan LookAroundLeast = TimeSpan.FromMilliseconds(1500);

    /// <summary>It ends when nothing new came for this long. Ours.</summary>
    public static readonly TimeSpan LookAroundQuiet = TimeSpan.FromSeconds(1);

    /// <summary>What has not answered by then is taken for absent. Ours.</summary>
    public static readonly TimeSpan LookAroundMost = TimeSpan.FromSeconds(6);
}
