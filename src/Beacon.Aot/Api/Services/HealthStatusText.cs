using Beacon.Registry.Health;

namespace Beacon.Aot.Api.Services;

/// <summary>Health in JSON.</summary>
internal static class HealthStatusText
{
    private const string Healthy = "healthy";
    private const string Unhealthy = "unhealthy";
    private const string Unknown = "unknown";

    public static IReadOnlyList<string> All { get; } = [Healthy, Unhealthy, Unknown];

    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Healthy,
        HealthStatus.Unhealthy => Unhealthy,
        _ => Unknown,
    };
}
