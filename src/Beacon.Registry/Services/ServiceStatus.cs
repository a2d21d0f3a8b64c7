namespace Beacon.Registry.Services;

/// <summary>What the registry believes of a service. Names in JSON are the lower-case member names.</summary>
public enum ServiceStatus
{
    /// <summary>Its lease runs.</summary>
    Active,

    /// <summary>Its lease runs, its health checks fail. Set by health checks only.</summary>
    Unhealthy,

    /// <summary>Its lease ran out; kept for reading until the clean-up, revived by a heartbeat.</summary>
    Expired,
}
