namespace Beacon.Registry.Services;

/// <summary>How a service wants to be checked. Durations are seconds.</summary>
/// <param name="Url">http, https or tcp. Null: the service is not checked.</param>
/// <param name="Retries">Failures in a row that make it unhealthy.</param>
/// <param name="FallbackToHealthCheck">A check that passes renews the lease, unless the service chose its lease source itself.</param>
public sealed record HealthCheckSettings(
    string? Url,
    int IntervalSeconds,
    int TimeoutSeconds,
    int Retries,
    bool Enabled,
    bool FallbackToHealthCheck)
{
    public static HealthCheckSettings Default { get; } = new(null, 60, 10, 3, true, true);

    public HealthCheckRequest Request { get; init; } = HealthCheckRequest.Default;

    /// <summary>There is something to check and it is wanted.</summary>
    public bool IsInForce => Url is not null && Enabled;
}
