using Beacon.Registry.Health;

namespace Beacon.Aot.Api.Health;

/// <summary>Words of health in JSON.</summary>
internal static class HealthText
{
    public static IReadOnlyList<string> Statuses { get; } = ["healthy", "unhealthy", "unknown"];

    public static IReadOnlyList<string> Outcomes { get; } = ["healthy", "unhealthy", "timeout", "error"];

    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Unhealthy => "unhealthy",
        _ => "unknown",
    };

    public static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Healthy => "healthy",
        CheckOutcome.Unhealthy => "unhealthy",
        CheckOutcome.Timeout => "timeout",
        _ => "error",
    };
}
