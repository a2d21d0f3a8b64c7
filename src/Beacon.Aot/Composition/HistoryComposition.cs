using Beacon.Aot.Background;
using Beacon.Aot.Configuration;
using Beacon.Aot.Logging;
using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Features.Statistics;
using Beacon.Registry;
using Beacon.Registry.Services;

namespace Beacon.Aot.Composition;

/// <summary>The history of health and of traffic.</summary>
internal static class HistoryComposition
{
    public static void Add(IServiceCollection services, ApplianceStore store, BeaconOptions options)
    {
        services.AddSingleton(x => new HealthHistory(
            store.Health,
            options.History,
            Presence(x.GetRequiredService<ServiceRegistry>(), store),
            x.GetRequiredService<TimeProvider>(),
            x.Logger<HealthHistory>()));
        services.AddSingleton<IHealthObserver>(x => x.GetRequiredService<HealthHistory>());
        services.AddSingleton<TrafficCounter>();
        services.AddSingleton<RegistryTraffic>();
        services.AddSingleton(x => new TrafficHistory(
            x.GetRequiredService<TrafficCounter>(),
            store.Health,
            x.GetRequiredService<TimeProvider>(),
            x.Logger<TrafficHistory>()));
        if (store.Archive is { } archive)
        {
            services.AddSingleton(x => new HealthArchiver(
                x.GetRequiredService<HealthHistory>(),
                store.Health,
                archive,
                options.History,
                x.GetRequiredService<TimeProvider>(),
                x.Logger<HealthArchiver>()));
            services.AddLoop<ArchiveLoop>();
        }

        services.AddLoop<HistoryLoop>();
        services.AddLoop<TrafficLoop>();
    }

    private static Func<ServiceId, ServicePresence> Presence(ServiceRegistry registry, ApplianceStore store) => id =>
        registry.TryGet(id, out var service)
            ? (service.Instance.HealthCheck.IsInForce ? ServicePresence.Checked : ServicePresence.Unchecked)
            : store.Replication?.IsBlind == true ? ServicePresence.Unknown : ServicePresence.Gone;
}
