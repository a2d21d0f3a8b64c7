using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Health;

/// <summary>One check and what the registry made of it.</summary>
/// <param name="Service">As it stands with this result taken in.</param>
/// <param name="Before">What was believed before.</param>
public readonly record struct HealthObservation(ServiceView Service, CheckResult Result, HealthState Before);
