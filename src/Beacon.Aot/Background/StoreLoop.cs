using Beacon.Registry;
using Beacon.Storage;

namespace Beacon.Aot.Background;

/// <summary>Moves changes to the store; at the end, once no request can change anything any more, stores what is left.</summary>
internal sealed class StoreLoop(
    WriteThrough writeThrough, ServiceRegistry registry, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<StoreLoop> logger)
    : Loop(lifetime, failure, logger)
{
    /// <summary>Of the two seconds a stop may take. A store that cannot take the rest by then keeps what was answered with 201 all the same.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMilliseconds(600);

    protected override string Name => "store";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        registry.Advance();
        using var limit = new CancellationTokenSource(DrainLimit);
        try
        {
            await writeThrough.DrainAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            HostLog.DrainIncomplete(Logger, writeThrough.Status.PendingChanges);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override Task RunAsync(CancellationToken stoppingToken) => writeThrough.RunAsync(stoppingToken);
}
