using Beacon.Features.Health.History;

namespace Beacon.Aot.Background;

/// <summary>Copies the history of health to the shared database.</summary>
internal sealed class ArchiveLoop(HealthArchiver archiver, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<ArchiveLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "archive";

    protected override Task RunAsync(CancellationToken stoppingToken) => archiver.RunAsync(stoppingToken);
}
