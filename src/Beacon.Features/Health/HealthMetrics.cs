using System.Diagnostics.Metrics;

namespace Beacon.Features.Health;

/// <summary>Counts checks. Meter <c>Beacon.Health</c>.</summary>
internal static class HealthMetrics
{
    public const string MeterName = "Beacon.Health";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Checks =
        Meter.CreateCounter<long>("beacon.health.checks", "{check}", "Health checks by how they ended");

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("beacon.health.check.duration", "s", "Time a health check took, failed ones included");

    public static readonly Histogram<double> Lateness =
        Meter.CreateHistogram<double>("beacon.health.check.lateness", "s", "From the time a health check was due to its begin");

    public static readonly Counter<long> Missed =
        Meter.CreateCounter<long>("beacon.health.missed", "{check}", "Health checks left out because the one before had not begun or not ended");

    public static readonly Counter<long> Preempted =
        Meter.CreateCounter<long>("beacon.health.preempted", "{check}", "Health checks of slow targets broken off and put into the slow lane to make room");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("beacon.health.refused", "{check}", "Health checks not made because the address is not allowed");
}
