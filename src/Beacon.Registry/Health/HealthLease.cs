using Beacon.Registry.Services;

namespace Beacon.Registry.Health;

/// <summary>How long a lease runs that a passing check renewed.</summary>
internal static class HealthLease
{
    /// <summary>
    /// Seconds. At least until as many checks could have failed as make the service unhealthy: a lease must not end between two checks
    /// that are further apart than it is long, and "unhealthy" must come before "expired".
    /// </summary>
    public static int Seconds(ServiceInstance service)
    {
        var check = service.HealthCheck;
        return Math.Max(service.TtlSeconds, (check.IntervalSeconds + check.TimeoutSeconds) * check.Retries);
    }
}
