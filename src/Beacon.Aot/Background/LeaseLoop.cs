using Beacon.Registry;

namespace Beacon.Aot.Background;

/// <summary>Lets leases end.</summary>
internal sealed class LeaseLoop(
    ServiceRegistry registry, TimeProvider time, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<LeaseLoop> logger)
    : Loop(lifetime, failure, logger)
{
    /// <summary>With the wheel's tick of 50 ms a lease ends at most 150 ms late, below the 250 ms that are promised.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    protected override string Name => "lease";

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            registry.Advance();
        }
    }
}
