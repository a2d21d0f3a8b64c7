using Beacon.Registry.Services;

namespace Beacon.Registry;

/// <summary>What one call did.</summary>
/// <param name="Sequence">Of the event that tells of it; what a write-through waits for. 0 when nothing changed.</param>
/// <param name="Service">The service right after the change; for a removal the last state; default when there is none.</param>
public readonly record struct RegistryChange(RegistryOutcome Outcome, long Sequence, ServiceView Service);
