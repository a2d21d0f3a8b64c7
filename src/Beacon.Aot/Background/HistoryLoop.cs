using Beacon.Features.Health.History;

namespace Beacon.Aot.Background;

/// <summary>Keeps the history of health; at the end writes what is left. Before the checks' loop, because the host stops them in the opposite order.</summary>
internal sealed class HistoryLoop(HealthHistory history, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<HistoryLoop> logger)
    : Loop(lifetime, failure, logger)
{
    /// <summary>Of the two seconds a stop may take. What is not written by then is a minute of results.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(300);

    protected override string Name => "history";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = new CancellationTokenSource(FlushLimit);
        try
        {
            await history.FlushAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            HostLog.HistoryIncomplete(Logger);
        }
    }

    protected override Task RunAsync(CancellationToken stoppingToken) => history.RunAsync(stoppingToken);
}
