using Beacon.Aot.Live;

namespace Beacon.Aot.Background;

/// <summary>Passes registry events on to live clients.</summary>
internal sealed class LiveLoop(LiveHub hub, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<LiveLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "live";

    protected override Task RunAsync(CancellationToken stoppingToken) => hub.RunAsync(stoppingToken);
}
