using Beacon.Registry.Health;

namespace Beacon.Aot.Api.Services;

/// <summary>Health in JSON.</summary>
internal static class HealthStatusText
{
    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Unhealthy => "unhealthy",
        _ => "unknown",
    };
}
