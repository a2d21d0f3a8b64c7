using System.Diagnostics.Metrics;
using Beacon.Mdns.Links;

namespace Beacon.Mdns;

/// <summary>
/// Counters of the meter <c>Beacon.Mdns</c>, and the same figures to read for the status page. Written by the engine's thread,
/// read by any.
/// </summary>
internal sealed class MdnsMetrics
{
    private static readonly Meter Meter = new("Beacon.Mdns");
    private static readonly Counter<long> ReceivedCounter = Meter.CreateCounter<long>("beacon.mdns.packets.received", description: "Datagrams received");
    private static readonly Counter<long> SentCounter = Meter.CreateCounter<long>("beacon.mdns.packets.sent", description: "Datagrams sent, counting each family");
    private static readonly Counter<long> RefusedCounter =
        Meter.CreateCounter<long>("beacon.mdns.packets.refused", description: "Not looked at, or not to the end; by reason");

    private static readonly Counter<long> WithheldCounter =
        Meter.CreateCounter<long>("beacon.mdns.answers.withheld", description: "Unicast answers beyond the limit of their asker or link");

    private static readonly Counter<long> ConflictCounter =
        Meter.CreateCounter<long>("beacon.mdns.conflicts", description: "Names lost to other hosts");

    private static readonly string[] ReasonNames = Enum.GetNames<DropReason>();

    private long _received;
    private long _sent;
    private long _conflicts;

    public long ReceivedCount => Volatile.Read(ref _received);

    public long SentCount => Volatile.Read(ref _sent);

    public long ConflictCount => Volatile.Read(ref _conflicts);

    public void Received() => Count(ReceivedCounter, ref _received);

    public void Sent() => Count(SentCounter, ref _sent);

    public static void Withheld() => WithheldCounter.Add(1);

    public static void Refused(DropReason reason) =>
        RefusedCounter.Add(1, new KeyValuePair<string, object?>("reason", ReasonNames[(int)reason]));

    public void Conflict() => Count(ConflictCounter, ref _conflicts);

    private static void Count(Counter<long> counter, ref long total)
    {
        Interlocked.Increment(ref total);
        counter.Add(1);
    }
}
