namespace Beacon.Aot.Background;

/// <summary>
/// A loop the appliance cannot do without. When one dies nothing is hidden: the failure is logged and the program stops with a non-zero
/// exit code, because a registry that no longer lets leases end, or no longer stores, must not look alive.
/// </summary>
internal abstract class Loop(IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger logger) : BackgroundService
{
    protected IHostApplicationLifetime Lifetime { get; } = lifetime;

    protected ILogger Logger { get; } = logger;

    protected abstract string Name { get; }

    protected abstract Task RunAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Leaves the thread that starts the host at once.
        await Task.Yield();
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested || Lifetime.ApplicationStopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            HostLog.LoopDied(Logger, Name, exception);
            failure.Report();
            Lifetime.StopApplication();
        }
    }
}
