namespace Beacon.Mdns;

/// <summary>
/// Every duration of RFC 6762 the engine relies on, named, with its section. Instants inside the engine are <c>long</c> ticks of
/// <see cref="TimeSpan"/> (100 ns) on a monotonic clock; only <see cref="MdnsResponder"/> knows which clock.
/// </summary>
internal static class MdnsTimings
{
    /// <summary>An instant before everything.</summary>
    public const long Never = long.MinValue / 2;

    /// <summary>An instant after everything: nothing is due.</summary>
    public const long Idle = long.MaxValue;

    // Lifetimes on the wire, in seconds (§10).

    /// <summary>A, AAAA, SRV and the NSEC of such names: what ties a name to a machine may change any day.</summary>
    public const uint HostTtl = 120;

    /// <summary>PTR and TXT: 75 minutes.</summary>
    public const uint OtherTtl = 4500;

    /// <summary>Resolvers that do not speak mDNS must not keep what nobody will take back from them (§6.7).</summary>
    public const uint LegacyTtlCap = 10;

    /// <summary>Somebody who asks how things are waits this long for the engine's thread. Ours.</summary>
    public static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(2);

    // Answering (§6).

    /// <summary>Shortest wait before an answer others may give too, so that they do not collide.</summary>
    public static readonly TimeSpan SharedDelayLeast = TimeSpan.FromMilliseconds(20);

    /// <summary>Longest such wait.</summary>
    public static readonly TimeSpan SharedDelayMost = TimeSpan.FromMilliseconds(120);

    /// <summary>A truncated query promises more known answers: shortest wait for them (§7.2).</summary>
    public static readonly TimeSpan TruncatedDelayLeast = TimeSpan.FromMilliseconds(400);

    public static readonly TimeSpan TruncatedDelayMost = TimeSpan.FromMilliseconds(500);

    /// <summary>However many packets follow, a truncated query is answered by then; otherwise one host could hold our memory.</summary>
    public static readonly TimeSpan TruncatedLimit = TimeSpan.FromSeconds(2);

    /// <summary>How much longer an answer may wait so that one packet carries several (§6.4).</summary>
    public static readonly TimeSpan AggregationLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>A record is not multicast again on a link before this has passed.</summary>
    public static readonly TimeSpan RecordGap = TimeSpan.FromSeconds(1);

    /// <summary>The same for defending a name that is being probed: a second would come after the probing host has claimed it.</summary>
    public static readonly TimeSpan DefenceGap = TimeSpan.FromMilliseconds(250);

    /// <summary>A second probe after this long is not a copy of the first one (probes are 250 ms apart)…</summary>
    public static readonly TimeSpan DefenceRepeatLeast = TimeSpan.FromMilliseconds(200);

    /// <summary>…and within this long it is of the same host, which did not hear that we have the name.</summary>
    public static readonly TimeSpan DefenceRepeatMost = TimeSpan.FromSeconds(1);

    /// <summary>A question for a unicast answer gets one if the record was multicast within its lifetime divided by this (§5.4).</summary>
    public const int UnicastFraction = 4;

    /// <summary>A known answer counts if at least its lifetime divided by this is left (§7.1); below, ours is repeated (§6.6).</summary>
    public const int KnownAnswerFraction = 2;

    // Claiming names (§8).

    /// <summary>Probing starts at a random instant within this, so that a power cut does not end in unison.</summary>
    public static readonly TimeSpan ProbeStartWindow = TimeSpan.FromMilliseconds(250);

    public static readonly TimeSpan ProbeGap = TimeSpan.FromMilliseconds(250);

    public const int ProbeCount = 3;

    /// <summary>Who loses a simultaneous probe asks for the same name again after this (§8.2).</summary>
    public static readonly TimeSpan TiebreakPause = TimeSpan.FromSeconds(1);

    /// <summary>This many conflicts…</summary>
    public const int ConflictStormCount = 15;

    /// <summary>…within this time…</summary>
    public static readonly TimeSpan ConflictStormWindow = TimeSpan.FromSeconds(10);

    /// <summary>…make every further attempt wait this long (§8.1).</summary>
    public static readonly TimeSpan ConflictStormPause = TimeSpan.FromSeconds(5);

    /// <summary>Pauses between announcements: sent at 0, +1 s and +3 s (§8.3: at least two, gaps at least doubling).</summary>
    public static readonly TimeSpan[] AnnouncementGaps = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>Changes of a record are gathered for this long, so that the last of a burst is the one announced (§8.4).</summary>
    public static readonly TimeSpan UpdateCoalescing = TimeSpan.FromMilliseconds(100);

    /// <summary>Updates that may follow each other freely; with one more per <see cref="UpdateRefill"/> any minute sees at most ten (§8.4).</summary>
    public const int UpdateBurst = 5;

    public static readonly TimeSpan UpdateRefill = TimeSpan.FromSeconds(12);

    /// <summary>Our own packets come back by the loop of the sockets and by reflectors, also just after the data changed.</summary>
    public static readonly TimeSpan FormerDataGrace = TimeSpan.FromSeconds(10);

    /// <summary>An answer by unicast belongs to a question of ours at most this old (§6).</summary>
    public static readonly TimeSpan UnicastAnswerWindow = TimeSpan.FromSeconds(2);

    /// <summary>Names lost one after the other for this long: something answers for all of them (§9).</summary>
    public static readonly TimeSpan NoFreeNameAfter = TimeSpan.FromMinutes(1);

    // Goodbyes (§10.1).

    /// <summary>Withdrawals gathered for this long share packets; it is part of the 250 ms after which a goodbye must be out.</summary>
    public static readonly TimeSpan GoodbyeCoalescing = TimeSpan.FromMilliseconds(10);

    /// <summary>A second copy for the listener that missed the first; well before any new claim of the name could be announced.</summary>
    public static readonly TimeSpan GoodbyeRepeat = TimeSpan.FromMilliseconds(200);

    public const int GoodbyeCopies = 2;

    /// <summary>After an unexpected failure of the mDNS thread, so that one that lasts does not keep a processor busy.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>What a stopping process may spend on goodbyes.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(900);

    // Pacing: ours, not the RFC's.

    /// <summary>After this many packets a link rests for <see cref="BurstPause"/>: a receiver's default socket buffer holds 166 small packets.</summary>
    public const int BurstPackets = 16;

    public static readonly TimeSpan BurstPause = TimeSpan.FromMilliseconds(10);

    /// <summary>How long datagrams may wait in their sockets during a flood of what does not concern us.</summary>
    public static readonly TimeSpan FloodRest = TimeSpan.FromMilliseconds(1);

    /// <summary>What counts as a flood is counted in windows of this length.</summary>
    public static readonly TimeSpan FloodWindow = TimeSpan.FromMilliseconds(50);

    /// <summary>The machine slept for longer than this: whoever came to the network meanwhile may have our names (§8).</summary>
    public static readonly TimeSpan SuspendLeast = TimeSpan.FromSeconds(5);

    /// <summary>How often the clocks are compared to see that.</summary>
    public static readonly TimeSpan SuspendLook = TimeSpan.FromSeconds(1);

    // Looking up unicast host names: ours.

    public static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LookupBackoffLeast = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LookupBackoffMost = TimeSpan.FromMinutes(5);

    /// <summary>The system's resolver does not tell how long an answer lives, so this is the lifetime of all of them.</summary>
    public static readonly TimeSpan LookupRefresh = TimeSpan.FromSeconds(60);
}
