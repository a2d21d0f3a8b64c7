using Beacon.Aot.Configuration;
using Beacon.Registry;

namespace Beacon.Aot.Background;

/// <summary>Removes services that expired long enough ago.</summary>
internal sealed class CleanUpLoop(
    ServiceRegistry registry,
    BeaconOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ApplianceFailure failure,
    ILogger<CleanUpLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "clean-up";

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CleanUpInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            registry.CleanUp(options.ExpiredRetention, options.CheckedRetention, out var removed);
            if (removed > 0)
            {
                HostLog.CleanedUp(Logger, removed);
            }
        }
    }
}
