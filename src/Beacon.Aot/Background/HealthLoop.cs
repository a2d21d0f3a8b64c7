using Beacon.Features.Health;

namespace Beacon.Aot.Background;

/// <summary>Checks services. Stops before the loop that keeps what it finds.</summary>
internal sealed class HealthLoop(HealthMonitor monitor, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<HealthLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "health";

    protected override Task RunAsync(CancellationToken stoppingToken) => monitor.RunAsync(stoppingToken);
}
