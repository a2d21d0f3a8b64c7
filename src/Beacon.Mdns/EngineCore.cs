using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns;

/// <summary>What the parts of the engine share. Owned by the engine's thread.</summary>
internal sealed class EngineCore
{
    public EngineCore(IDatagramSink sink, Random random, MdnsMetrics metrics, ILogger log)
    {
        Random = random;
        Metrics = metrics;
        Log = log;
        Additionals = new Additionals(this);
        var datagrams = new DatagramWriter(sink, metrics);
        Responses = new ResponseWriter(this, datagrams);
        Queries = new ProbeWriter(this, datagrams);
    }

    /// <summary>On one link; 0 for no limit.</summary>
    public int UnicastAnswersPerSecond { get; init; }

    public NameTable Names { get; } = new();

    public LinkTable Links { get; } = new();

    /// <summary>Seeded: the same inputs at the same instants give the same packets.</summary>
    public Random Random { get; }

    public MdnsMetrics Metrics { get; }

    /// <summary>The last conflict with another host; null when there was none.</summary>
    public ForeignClaim? LastConflict { get; set; }

    public ILogger Log { get; }

    public Additionals Additionals { get; }

    public ResponseWriter Responses { get; }

    public ProbeWriter Queries { get; }

    /// <summary>Another responder on this host has the port: unicast answers might reach it instead of us, so we do not ask for any (RFC 6762 §15.1).</summary>
    public bool SharesPort { get; set; }

    /// <summary>The random wait of an answer other hosts may give too (RFC 6762 §6).</summary>
    public long SharedDelay() => Between(MdnsTimings.SharedDelayLeast, MdnsTimings.SharedDelayMost);

    /// <summary>The random wait for the rest of a truncated query (RFC 6762 §7.2).</summary>
    public long TruncatedDelay() => Between(MdnsTimings.TruncatedDelayLeast, MdnsTimings.TruncatedDelayMost);

    private long Between(TimeSpan least, TimeSpan most) => Random.NextInt64(least.Ticks, most.Ticks + 1);
}
