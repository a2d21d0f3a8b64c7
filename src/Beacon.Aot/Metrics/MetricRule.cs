using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace Beacon.Aot.Metrics;

/// <summary>What is exported of an instrument: which of its tags become labels, and for a histogram its buckets.</summary>
/// <param name="Labels">Null: all of them.</param>
/// <param name="IsLevel">The runtime calls it a counter, and it falls too.</param>
internal sealed record MetricRule(IReadOnlyList<string>? Labels = null, IReadOnlyList<double>? Buckets = null, bool IsLevel = false)
{
    private const string OwnMeters = "Beacon.";
    private const string OfChecks = "beacon.health.check.";

    /// <summary>
    /// Seconds. Look-ups are answered from memory in well below a millisecond, a registration waits for the disk for some milliseconds, and
    /// whatever takes longer than the store's five seconds is refused: finest where answers should be, coarse where they must not.
    /// </summary>
    private static readonly double[] Latency = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    /// <summary>Seconds. A check may take up to its timeout, a minute at most, and may be late by as much.</summary>
    private static readonly double[] CheckTimes = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly MetricRule All = new(Buckets: Latency);
    private static readonly MetricRule Checks = new(Buckets: CheckTimes);
    private static readonly MetricRule Sum = new([]);

    /// <summary>Of the runtime and the web server: what tells of load and trouble, with labels whose values are few.</summary>
    private static readonly FrozenDictionary<string, MetricRule> Foreign = new Dictionary<string, MetricRule>
    {
        ["http.server.request.duration"] = new(["http.request.method", "http.route", "http.response.status_code"], Latency),
        ["kestrel.active_connections"] = Sum,
        ["kestrel.rejected_connections"] = Sum,
        ["dotnet.process.cpu.time"] = new(["cpu.mode"]),
        ["dotnet.process.memory.working_set"] = Sum,
        ["dotnet.gc.collections"] = new(["gc.heap.generation"]),
        ["dotnet.gc.heap.total_allocated"] = Sum,
        ["dotnet.gc.pause.time"] = Sum,
        ["dotnet.thread_pool.queue.length"] = new([], IsLevel: true),
        ["dotnet.exceptions"] = Sum,
    }.ToFrozenDictionary();

    /// <summary>Null: not exported.</summary>
    public static MetricRule? For(Instrument instrument) =>
        instrument.Name.StartsWith(OfChecks, StringComparison.Ordinal) ? Checks
        : instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal) ? All
        : Foreign.GetValueOrDefault(instrument.Name);
}
