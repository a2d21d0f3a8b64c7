using Beacon.Aot.Api;
using Beacon.Aot.Configuration;
using Beacon.Aot.Logging;
using Beacon.Features.Health.History;
using Beacon.Features.Status;
using Beacon.Registry;

namespace Beacon.Aot.Composition;

/// <summary>The status page. Switched off it holds nothing and listens to nothing.</summary>
internal static class StatusComposition
{
    public static void Add(IServiceCollection services, BeaconOptions options) => services.AddSingleton(x => new StatusKeeper(
        options.Status,
        x.GetRequiredService<ServiceRegistry>(),
        x.GetRequiredService<HealthHistory>(),
        x.GetRequiredService<ApiSettings>().IsBlind,
        x.GetRequiredService<TimeProvider>(),
        x.Logger<StatusKeeper>()));
}
