using System.Net;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>One record as another host said it on one link. Owned by the querier's thread.</summary>
internal sealed class CachedRecord : IScheduled
{
    public required RecordSet Set { get; init; }

    /// <summary>Uncompressed form.</summary>
    public required byte[] Rdata { get; init; }

    /// <summary>Of <see cref="Rdata"/> without regard to ASCII case: told apart quickly, compared exactly after.</summary>
    public required int RdataHash { get; init; }

    /// <summary>Who said it first, and in whose share it counts.</summary>
    public required IPAddress Source { get; init; }

    public byte[] Name => Set.Name;

    public RecordType Type => Set.Type;

    /// <summary>Seconds, as believed.</summary>
    public uint Ttl { get; set; }

    /// <summary>Said with the flush bit: nobody else has this name and type (RFC 6762 §10.2).</summary>
    public bool IsUnique { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>Taken back or replaced; it stays one second more (RFC 6762 §10.1, §10.2).</summary>
    public bool IsLeaving { get; set; }

    public long ExpiresAt { get; set; }

    /// <summary>When another host asked for it, not knowing it, and it was not said since (RFC 6762 §10.5).</summary>
    public long UnansweredAt { get; set; } = MdnsTimings.Never;

    /// <summary>Number of the foreign query whose asker knows this record.</summary>
    public int KnownIn { get; set; }

    /// <summary>When it is worth asking again, should somebody want it.</summary>
    public long RefreshAt { get; set; } = MdnsTimings.Idle;

    /// <summary>How many of the four times for that are used up.</summary>
    public int Refreshes { get; set; }

    long IScheduled.Due => ExpiresAt;

    int IScheduled.HeapIndex { get; set; } = -1;

    /// <summary>Bytes it counts for.</summary>
    public int Cost => QuerierLimits.RecordOverhead + Set.Name.Length + Rdata.Length;

    /// <summary>Whole seconds of life, rounded down.</summary>
    public uint SecondsLeft(long now) => ExpiresAt <= now ? 0 : (uint)((ExpiresAt - now) / TimeSpan.TicksPerSecond);

    /// <summary>At least half of its life is left, and a whole second: good enough to be listed as known (RFC 6762 §7.1).</summary>
    public bool IsFresh(long now) =>
        SecondsLeft(now) > 0 && ExpiresAt - now >= (long)Ttl * TimeSpan.TicksPerSecond / MdnsTimings.KnownAnswerFraction;
}
