using Beacon.Registry.Health;

namespace Beacon.Features.Health.Probing;

/// <summary>What a probe makes of what it saw.</summary>
/// <param name="Error">A sentence for a person; null when it passed.</param>
/// <param name="IsRefused">Not asked at all, because the address is not allowed.</param>
internal readonly record struct Verdict(CheckOutcome Outcome, string? Error, bool IsRefused = false)
{
    public static Verdict Passed => new(CheckOutcome.Healthy, null);

    public static Verdict Unhealthy(string error) => new(CheckOutcome.Unhealthy, error);

    public static Verdict Failed(string error, bool isRefused = false) => new(CheckOutcome.Error, error, isRefused);
}
