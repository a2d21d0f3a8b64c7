using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Health;

/// <summary>Asks one service how it is. The only seam between the schedule of checks and the network.</summary>
public interface IProbe
{
    /// <summary>
    /// One check of <see cref="HealthCheckSettings.Url"/>, over within its timeout and a little. Never throws but for cancellation: what
    /// goes wrong is the result. Many may run at once.
    /// </summary>
    Task<CheckResult> ProbeAsync(ServiceInstance service, CancellationToken cancellationToken);
}
