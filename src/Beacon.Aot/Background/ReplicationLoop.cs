using Beacon.Aot.Composition;

namespace Beacon.Aot.Background;

/// <summary>Talks to the shared database. Stops after the store's loop, which waits for it.</summary>
internal sealed class ReplicationLoop(ApplianceStore store, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<ReplicationLoop> logger)
    : Loop(lifetime, failure, logger)
{
    protected override string Name => "replication";

    protected override Task RunAsync(CancellationToken stoppingToken) => store.Replication!.RunAsync(stoppingToken);
}
