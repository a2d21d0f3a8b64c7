using System.IO.Pipelines;
using Beacon.Registry;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Metrics;

/// <summary>
/// What the last check of each service found, asked for at each scrape; nothing is kept. Beside the instruments, because those never forget
/// a set of labels, and services come and go.
/// </summary>
/// <param name="listChecked">The services that are checked, in any order.</param>
/// <param name="limit">Services shown at most: the first by their id, so that the choice stays the same from one scrape to the next.</param>
internal sealed class ServiceMetrics(ServiceRegistry registry, Func<IEnumerable<ServiceId>> listChecked, int limit)
{
    /// <summary>The highest limit there may be: ten thousand services are some 3 MB of text.</summary>
    public const int MostServices = 10_000;

    /// <summary>Samples between two flushes, some 30 kB: what is written waits in memory until then.</summary>
    private const int Portion = 250;

    private static readonly Family[] Families =
    [
        new("beacon_service_healthy", "1 when the service is healthy by its checks, 0 when not; no sample while it is unknown", x => x.Health switch
        {
            { Status: HealthStatus.Healthy } => 1,
            { Status: HealthStatus.Unhealthy } => 0,
            _ => null,
        }),
        new("beacon_service_response_time_seconds", "From request to end of answer in the last check; no sample when it got none", x => x.Health?.Last?.ResponseTime?.TotalSeconds),
        new("beacon_service_certificate_end_seconds", "Unix time at which the certificate ends that the last check met", x => x.Health?.Last?.CertificateExpiresAt?.ToUnixTimeSeconds()),
        new("beacon_service_maintenance", "1 for checked services in maintenance; no sample for the others", x => x.Instance.Maintenance is null ? null : 1),
    ];

    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var (services, leftOut) = Choose();
        foreach (var family in Families)
        {
            new SampleWriter(output).Family(family.Name, family.Help);
            var written = 0;
            foreach (var service in services)
            {
                if (family.Value(service) is not { } value)
                {
                    continue;
                }

                new SampleWriter(output).Sample(family.Name, service.Instance, value);
                if (++written % Portion == 0)
                {
                    await output.FlushAsync(cancellationToken);
                }
            }
        }

        var last = new SampleWriter(output);
        last.Family("beacon_metrics_services_left_out", "Checked services beyond BEACON_METRICS_SERVICES, of which there are no figures");
        last.Sample("beacon_metrics_services_left_out", leftOut);
    }

    private (List<ServiceView> Services, int LeftOut) Choose()
    {
        if (limit == 0)
        {
            return ([], listChecked().Count());
        }

        var ids = listChecked().ToList();
        ids.Sort();
        var shown = Math.Min(ids.Count, limit);
        var services = new List<ServiceView>(shown);
        foreach (var id in ids.Take(shown))
        {
            if (registry.TryGet(id, out var view))
            {
                services.Add(view);
            }
        }

        return (services, ids.Count - shown);
    }

    /// <param name="Value">Null: no sample.</param>
    private sealed record Family(string Name, string Help, Func<ServiceView, double?> Value);
}
