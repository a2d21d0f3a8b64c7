namespace Beacon.Registry.Services;

/// <summary>How a service wants to be checked; kept and shown even while nothing checks it. Durations are seconds.</summary>
/// <param name="Url">Null: the service is not checked.</param>
public sealed record HealthCheckSettings(
    string? Url,
    int IntervalSeconds,
    int TimeoutSeconds,
    int Retries,
    bool Enabled,
    bool FallbackToHealthCheck)
{
    public static HealthCheckSettings Default { get; } = new(null, 60, 10, 3, true, true);
}
