using Beacon.Registry.Health;

namespace Beacon.Features.Health.Scheduling;

/// <summary>Told by a check to the loop when it is over.</summary>
/// <param name="Result">Null when it was broken off.</param>
internal readonly record struct CheckEnd(CheckRun Run, CheckResult? Result);
