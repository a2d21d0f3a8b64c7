namespace Beacon.Storage;

/// <summary>The numbers of the write-through queue.</summary>
public static class StorageLimits
{
    /// <summary>
    /// Events the queue may lag behind the registry before it reads the registry afresh. A burst of a small network's every service
    /// fits several times; more costs 200 bytes an event only while the store hangs.
    /// </summary>
    public const int ListenerCapacity = 65_536;

    /// <summary>Removals remembered while the store is away; beyond that, comparing store and registry afresh is cheaper than the list.</summary>
    public const int MaxTombstones = 65_536;

    /// <summary>
    /// How long a heartbeat is held back: the store sees each service at most that often. A crash may lose the heartbeats of that time; the
    /// start makes up for them. Every transaction writes whole pages: a hundred services written once a second are 14 MB an hour on a memory
    /// card, so 3 MB.
    /// </summary>
    public static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Heartbeats in one transaction, and ends and returns of leases. As soon as so many heartbeats wait they are written, whatever the time;
    /// and no registration waits behind more of either than that, some 40 ms.
    /// </summary>
    public const int RenewalBatch = 4096;

    /// <summary>
    /// How long a registration waits for the store before it is answered 503. Longer bridges a slower disk, shorter frees the client
    /// sooner; small devices give up after 5 s.
    /// </summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(2);

    /// <summary>A change older than that makes the store "behind" although it has not failed.</summary>
    public static readonly TimeSpan BehindAfter = TimeSpan.FromSeconds(1);
}
