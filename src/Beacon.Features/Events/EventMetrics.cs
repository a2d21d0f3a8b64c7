using System.Diagnostics.Metrics;

namespace Beacon.Features.Events;

/// <summary>What the event log did since the start.</summary>
internal static class EventMetrics
{
    private static readonly Meter Meter = new("Beacon.Events");

    public static Counter<long> Recorded { get; } = Meter.CreateCounter<long>("beacon.events.recorded", "{event}", "Entries written to the event log");

    public static Counter<long> Dropped { get; } = Meter.CreateCounter<long>("beacon.events.dropped", "{event}", "Events left out of the log because there were too many, or because the store refused for too long");

    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("beacon.events.failures", "{write}", "Writes of the event log that the store refused");
}
