using Beacon.Features.Events;

namespace Beacon.Aot.Background;

/// <summary>Copies the event log to the shared database.</summary>
internal sealed class EventArchiveLoop(
    EventArchiver archiver, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<EventArchiveLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "event archive";

    protected override Task RunAsync(CancellationToken stoppingToken) => archiver.RunAsync(stoppingToken);
}
