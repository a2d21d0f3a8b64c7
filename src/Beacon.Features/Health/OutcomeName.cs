using Beacon.Registry.Health;

namespace Beacon.Features.Health;

/// <summary>Outcomes as metrics name them.</summary>
internal static class OutcomeName
{
    public static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Healthy => "healthy",
        CheckOutcome.Unhealthy => "unhealthy",
        CheckOutcome.Timeout => "timeout",
        _ => "error",
    };
}
