namespace Beacon.Registry;

/// <summary>How much the registry takes before it says no.</summary>
public sealed record RegistryLimits
{
    /// <summary>A million leases fit a small board's memory; beyond that a mistake is likelier than a need.</summary>
    public int MaxServices { get; init; } = 1_000_000;

    /// <summary>Lease in seconds for services that do not ask for one.</summary>
    public int DefaultTtlSeconds { get; init; } = 300;
}
