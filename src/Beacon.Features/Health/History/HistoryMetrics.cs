using System.Diagnostics.Metrics;

namespace Beacon.Features.Health.History;

/// <summary>What the history did since the start.</summary>
internal static class HistoryMetrics
{
    private static readonly Meter Meter = new("Beacon.History");

    public static Counter<long> Results { get; } = Meter.CreateCounter<long>("beacon.history.results", "{result}", "Results of health checks taken into the history");

    public static Counter<long> Dropped { get; } = Meter.CreateCounter<long>("beacon.history.dropped", "{result}", "Results left out because there were too many, or because the store did not take them for a day");

    public static Counter<long> Damaged { get; } = Meter.CreateCounter<long>("beacon.history.damaged", "{chunk}", "Stored pieces of history that could not be read to their end");

    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("beacon.history.failures", "{write}", "Writes of history that the store refused");
}
