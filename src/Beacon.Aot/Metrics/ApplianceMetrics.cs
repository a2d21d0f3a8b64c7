using System.Diagnostics.Metrics;
using Beacon.Aot.Cli;
using Beacon.Mdns;
using Beacon.Registry;
using Beacon.Storage;

namespace Beacon.Aot.Metrics;

/// <summary>Figures that nobody counts because they are there to be looked at: asked for at each scrape. Meter <c>Beacon.Appliance</c>.</summary>
internal sealed class ApplianceMetrics : IDisposable
{
    private readonly Meter _meter = new("Beacon.Appliance");

    public ApplianceMetrics(ServiceRegistry registry, WriteThrough store, MdnsResponder? mdns, TimeProvider time)
    {
        var started = time.GetUtcNow().ToUnixTimeMilliseconds() / (double)TimeSpan.MillisecondsPerSecond;
        Gauge("beacon.start_time", "s", "Unix time at which this process became ready", () => started);
        _meter.CreateObservableGauge(
            "beacon.build_info", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", BeaconVersion.Short)), null, "Always 1; the version is a label");
        _meter.CreateObservableGauge("beacon.services", () => Services(registry), "{service}", "Services by status");
        Gauge("beacon.store.pending", "{service}", "Changes not yet in the store", () => store.Status.PendingChanges);
        Gauge("beacon.store.behind", "s", "Age of the oldest change not yet in the store", () => store.Status.Behind.TotalSeconds);
        Gauge("beacon.store.healthy", null, "1 when the store takes changes", () => store.Status.State == StoreState.Healthy ? 1 : 0);
        if (mdns is not null)
        {
            Gauge("beacon.mdns.running", null, "1 while mDNS answers", () => mdns.Status.Running ? 1 : 0);
            Gauge("beacon.mdns.interfaces", null, "Interfaces mDNS runs on", () => mdns.Status.Links.Count);
            Gauge("beacon.mdns.names", null, "Names claimed on the network", () => mdns.Status.Names);
        }
    }

    public void Dispose() => _meter.Dispose();

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
