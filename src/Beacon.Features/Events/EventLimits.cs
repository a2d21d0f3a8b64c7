namespace Beacon.Features.Events;

/// <summary>The numbers of the event log.</summary>
public static class EventLimits
{
    /// <summary>Entries kept at most: some 16 MB of disk. Whoever needs more copies them to MongoDB.</summary>
    public const int MaxEntries = 100_000;

    /// <summary>
    /// Changes that wait between the registry and the log. Ten thousand services that expire at once fit, with room for as much again;
    /// beyond that the oldest goes and is counted.
    /// </summary>
    public const int QueueCapacity = 32_768;

    /// <summary>Entries that wait for a store that refuses them, about 10 MB; beyond that the newest is left out and counted.</summary>
    public const int MaxWaiting = 32_768;

    /// <summary>Characters of a detail: an error text may come from anywhere.</summary>
    public const int MaxDetail = 256;

    /// <summary>How often what happened is written: what a kill may cost. Shorter loses less and wears the disk more.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(3);

    /// <summary>Entries written, and looked at to be thrown away, in one transaction: the thread of the store is needed by registrations too.</summary>
    internal const int Portion = 1_000;

    /// <summary>Portions thrown away after one write: more than a write brings, so the log shrinks to its bound.</summary>
    internal const int TrimPortions = 4;

    /// <summary>How often old entries are looked for while nothing happens.</summary>
    internal static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);

    /// <summary>
    /// For so long after the start nothing is thrown away for its age: a board without a clock of its own may have a wrong one until the
    /// network has told it the time.
    /// </summary>
    internal static readonly TimeSpan ClockTrust = TimeSpan.FromHours(1);
}
