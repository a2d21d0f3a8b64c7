using Beacon.Aot.Background;
using Beacon.Aot.Cli;
using Beacon.Aot.Configuration;
using Beacon.Aot.Health;
using Beacon.Aot.Logging;
using Beacon.Aot.Metrics;
using Beacon.Features.Health;
using Beacon.Features.Health.Names;
using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Targets;
using Beacon.Mdns.Transport;
using Beacon.Registry;

namespace Beacon.Aot.Composition;

/// <summary>The health checks: where they may go, how names are found, who does them.</summary>
internal static class HealthComposition
{
    public static void Add(IServiceCollection services, BeaconOptions options)
    {
        services.AddSingleton(x => new LocalNetworks(x.GetRequiredService<TimeProvider>()));
        services.AddSingleton(x => new AddressPolicy(options.HealthAllow, () => options.Port, x.GetRequiredService<LocalNetworks>().Read));
        services.AddSingleton<SystemHostResolver>();
        services.AddSingleton(x => new MulticastHostResolver(
            options.MdnsInterfaces,
            options.MdnsDomain,
            x.GetRequiredService<TimeProvider>(),
            x.Logger<UdpMulticastTransport>()));
        services.AddSingleton<IHostResolver>(x => new CachingHostResolver(Resolver(x, options), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProbe>(x => new ServiceProbe(
            x.GetRequiredService<IHostResolver>(),
            x.GetRequiredService<AddressPolicy>(),
            BeaconVersion.Short,
            x.GetRequiredService<TimeProvider>(),
            x.Logger<ServiceProbe>()));
        services.AddSingleton(x => new HealthMonitor(
            x.GetRequiredService<ServiceRegistry>(),
            x.GetRequiredService<IProbe>(),
            [.. x.GetServices<IHealthObserver>()],
            new HealthOptions { Concurrency = options.HealthConcurrency, Allow = options.HealthAllow },
            x.GetRequiredService<TimeProvider>(),
            x.Logger<HealthMonitor>()));
        services.AddSingleton(x =>
        {
            var monitor = x.GetRequiredService<HealthMonitor>();
            return new ServiceMetrics(x.GetRequiredService<ServiceRegistry>(), () => monitor.Checked, options.MetricsServices);
        });
        services.AddLoop<HealthLoop>();
    }

    /// <summary>Switched off, mDNS touches nothing, not even to ask.</summary>
    private static IHostResolver Resolver(IServiceProvider services, BeaconOptions options)
    {
        IHostResolver system = services.GetRequiredService<SystemHostResolver>();
        return options.MdnsEnabled ? new LocalHostResolver(services.GetRequiredService<MulticastHostResolver>(), system) : system;
    }
}
