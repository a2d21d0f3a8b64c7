using Beacon.Features.Statistics;

namespace Beacon.Aot.Background;

/// <summary>Keeps the history of traffic; at the end writes what is left.</summary>
internal sealed class TrafficLoop(TrafficHistory traffic, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<TrafficLoop> logger)
    : Loop(lifetime, failure, logger)
{
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(200);

    protected override string Name => "traffic";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(FlushLimit);
        try
        {
            await traffic.FlushAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            HostLog.HistoryIncomplete(Logger);
        }
    }

    protected override Task RunAsync(CancellationToken stoppingToken) => traffic.RunAsync(stoppingToken);
}
