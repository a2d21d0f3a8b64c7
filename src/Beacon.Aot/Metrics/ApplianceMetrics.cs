using System.Diagnostics.Metrics;
using Beacon.Aot.Api.About;
using Beacon.Aot.Cli;
using Beacon.Mdns;
using Beacon.Registry;
using Beacon.Storage;
using Beacon.Storage.Replication;

namespace Beacon.Aot.Metrics;

/// <summary>Figures that nobody counts because they are there to be looked at: asked for at each scrape. Meter <c>Beacon.Appliance</c>.</summary>
internal sealed class ApplianceMetrics : IDisposable
{
    private readonly Meter _meter = new("Beacon.Appliance");

    public ApplianceMetrics(ServiceRegistry registry, WriteThrough store, ReplicatedStore? replication, MdnsResponder? mdns, TimeProvider time)
    {
        var started = time.GetUtcNow().ToUnixTimeMilliseconds() / (double)TimeSpan.MillisecondsPerSecond;
        Gauge("beacon.start_time", "s", "Unix time at which this process became ready", () => started);
        _meter.CreateObservableGauge(
            "beacon.build_info", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", BeaconVersion.Short)), null, "Always 1; the version is a label");
        _meter.CreateObservableGauge("beacon.services", () => Services(registry), "{service}", "Services by status");
        Gauge("beacon.store.pending", "{service}", "Changes not yet in the store", () => store.Status.PendingChanges);
        Gauge("beacon.store.behind", "s", "Age of the oldest change not yet in the store", () => store.Status.Behind.TotalSeconds);
        Gauge("beacon.store.healthy", null, "1 when the store takes changes", () => store.Status.State == StoreState.Healthy ? 1 : 0);
        if (replication is not null)
        {
            Gauge("beacon.replication.spooled", "{service}", "Changes that wait in the spool for the database", () => replication.Status.Spooled);
            Gauge("beacon.replication.behind", "s", "Age of the oldest change that the database has not got", () => replication.Status.Behind.TotalSeconds);
            _meter.CreateObservableGauge("beacon.replication.state", () => States(replication), null, "1 for the state the database is in, 0 for the others");
        }

        if (mdns is not null)
        {
            Gauge("beacon.mdns.running", null, "1 while mDNS answers", () => mdns.Status.Running ? 1 : 0);
            Gauge("beacon.mdns.interfaces", null, "Interfaces mDNS runs on", () => mdns.Status.Links.Count);
            Gauge("beacon.mdns.names", null, "Names claimed on the network", () => mdns.Status.Names);
        }
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<int>[] States(ReplicatedStore replication)
    {
        var state = replication.Status.State;
        return [.. Enum.GetValues<ReplicationState>().Select(
            x => new Measurement<int>(x == state ? 1 : 0, new KeyValuePair<string, object?>("state", StoreReport.Word(x))))];
    }

    private static Measurement<long>[] Services(ServiceRegistry registry)
    {
        var counts = registry.Counts();
        return
        [
            new(counts.Active, new KeyValuePair<string, object?>("status", "active")),
            new(counts.Unhealthy, new KeyValuePair<string, object?>("status", "unhealthy")),
            new(counts.Expired, new KeyValuePair<string, object?>("status", "expired")),
        ];
    }

    private void Gauge(string name, string? unit, string help, Func<double> value) => _meter.CreateObservableGauge(name, value, unit, help);
}
