using Beacon.Aot.Supervision;
using Beacon.Registry;

namespace Beacon.Aot.Background;

/// <summary>Lets leases end.</summary>
internal sealed class LeaseLoop(
    ServiceRegistry registry, Pulse pulse, TimeProvider time, IHostApplicationLifetime lifetime, ApplianceFailure failure, ILogger<LeaseLoop> logger)
    : Loop(lifetime, failure, logger)
{
    /// <summary>With the wheel's tick of 50 ms a lease ends at most 150 ms late, below the 250 ms that are promised.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// While more leases are due than end in one call: 160,000 a second, so that a hundred thousand are gone within one, and whoever is told of
    /// them is not overrun.
    /// </summary>
    private static readonly TimeSpan Hurry = TimeSpan.FromMilliseconds(25);

    protected override string Name => "lease";

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            registry.Advance();
            pulse.Beat();
            var pace = registry.IsBehind ? Hurry : Pace;
            if (timer.Period != pace)
            {
                timer.Period = pace;
            }
        }
    }
}
