using Beacon.Registry.Health;

namespace Beacon.Storage;

/// <summary>Outcomes of checks in stores and in JSON.</summary>
public static class CheckOutcomeText
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<CheckOutcome>().Select(From)];

    public static string From(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Healthy => "healthy",
        CheckOutcome.Unhealthy => "unhealthy",
        CheckOutcome.Timeout => "timeout",
        _ => "error",
    };
}
