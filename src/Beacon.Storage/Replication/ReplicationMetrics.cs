using System.Diagnostics.Metrics;

namespace Beacon.Storage.Replication;

/// <summary>Counts what goes to the shared database. Meter <c>Beacon.Storage</c>.</summary>
internal static class ReplicationMetrics
{
    private static readonly Meter Meter = new("Beacon.Storage");

    public static readonly Counter<long> Writes =
        Meter.CreateCounter<long>("beacon.replication.writes", "{service}", "Service states the database acknowledged");

    public static readonly Counter<long> Batches =
        Meter.CreateCounter<long>("beacon.replication.batches", "{batch}", "Batches the database answered");

    public static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("beacon.replication.failures", "{batch}", "Exchanges with the database that failed");

    public static readonly Counter<long> Conflicts =
        Meter.CreateCounter<long>("beacon.replication.conflicts", "{service}", "Writes that met a revision nobody here had seen");

    public static readonly Counter<long> Checks =
        Meter.CreateCounter<long>("beacon.replication.checks", "{check}", "Comparisons of the database with what is registered");

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("beacon.replication.batch.duration", "s", "Time the database took for a batch, failed ones included");
}
