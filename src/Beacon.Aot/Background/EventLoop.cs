using Beacon.Aot.Cli;
using Beacon.Aot.Events;
using Beacon.Features.Events;
using Beacon.Storage.Events;

namespace Beacon.Aot.Background;

/// <summary>Keeps the event log. Stops last, with the entry that says so.</summary>
internal sealed class EventLoop(
    EventLog events, OwnWatch watch, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<EventLoop> logger)
    : Loop(lifetime, failure, logger)
{
    /// <summary>Of the two seconds a stop may take.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(300);

    private volatile bool _hasStarted;

    protected override string Name => "events";

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_hasStarted)
        {
            events.Record(EventKind.BeaconStopped);
        }

        using var limit = new CancellationTokenSource(FlushLimit);
        try
        {
            await events.FlushAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            HostLog.EventsIncomplete(Logger);
        }
    }

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        // Not before: a start that finds its port taken is none.
        await using var started = Lifetime.ApplicationStarted.Register(() =>
        {
            events.Record(EventKind.BeaconStarted, BeaconVersion.Short);
            _hasStarted = true;
        });
        using var together = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] tasks = [events.RunAsync(together.Token), watch.RunAsync(together.Token)];
        await Task.WhenAny(tasks);
        await together.CancelAsync();
        await Task.WhenAll(tasks);
    }
}
