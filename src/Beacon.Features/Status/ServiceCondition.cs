using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Status;

/// <summary>How a service is, in one word, for people who do not run it.</summary>
public enum ServiceCondition
{
    /// <summary>Its checks pass.</summary>
    Up,

    /// <summary>Nobody checks it, and its lease runs.</summary>
    Registered,

    /// <summary>To be checked, and nothing is known yet.</summary>
    Unknown,

    Maintenance,

    /// <summary>Its lease ran out.</summary>
    Expired,

    /// <summary>Its checks fail.</summary>
    Down,
}

public static class ServiceConditions
{
    public static ServiceCondition Of(in ServiceView service)
    {
        if (service.Status == ServiceStatus.Expired)
        {
            return ServiceCondition.Expired;
        }

        if (service.Instance.Maintenance is not null)
        {
            return ServiceCondition.Maintenance;
        }

        if (!service.Instance.HealthCheck.IsInForce)
        {
            return ServiceCondition.Registered;
        }

        return service.Health?.Status switch
        {
            HealthStatus.Healthy => ServiceCondition.Up,
            HealthStatus.Unhealthy => ServiceCondition.Down,
            _ => ServiceCondition.Unknown,
        };
    }

    /// <summary>Something is wrong that nobody planned.</summary>
    public static bool IsTrouble(ServiceCondition condition) => condition is ServiceCondition.Down or ServiceCondition.Expired;
}
