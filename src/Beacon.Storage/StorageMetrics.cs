using System.Diagnostics.Metrics;

namespace Beacon.Storage;

/// <summary>Counts what goes to the store. Meter <c>Beacon.Storage</c>.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Beacon.Storage");

    public static readonly Counter<long> Batches =
        Meter.CreateCounter<long>("beacon.store.batches", "{batch}", "Transactions the store committed");

    public static readonly Counter<long> Writes =
        Meter.CreateCounter<long>("beacon.store.writes", "{service}", "Service states the store committed");

    public static readonly Counter<long> Failures =
        Meter.CreateCounter<long>("beacon.store.failures", "{batch}", "Transactions the store refused");

    public static readonly Counter<long> Resyncs =
        Meter.CreateCounter<long>("beacon.store.resyncs", "{resync}", "Full comparisons of store and registry");

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("beacon.store.batch.duration", "s", "Time the store took for a transaction, failed ones included");
}
