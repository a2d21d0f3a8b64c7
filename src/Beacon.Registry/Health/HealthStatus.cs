namespace Beacon.Registry.Health;

/// <summary>What the checks of a service say of it. Names in JSON are the lower-case member names.</summary>
public enum HealthStatus
{
    /// <summary>Not checked yet, or failing since the first check but not often enough.</summary>
    Unknown,

    /// <summary>The last checks passed, or too few failed in a row.</summary>
    Healthy,

    /// <summary>As many checks in a row failed as the service allows.</summary>
    Unhealthy,
}
