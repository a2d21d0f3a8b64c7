namespace Beacon.Registry.Services;

/// <summary>The health check fields of a request; null means "not said".</summary>
/// <param name="UrlIsSet">Tells "not said" from an explicit null, which takes the check away.</param>
public readonly record struct HealthCheckPatch(
    bool UrlIsSet,
    string? Url,
    int? IntervalSeconds,
    int? TimeoutSeconds,
    int? Retries,
    bool? Enabled,
    bool? FallbackToHealthCheck)
{
    public HealthCheckRequestPatch Request { get; init; }

    public HealthCheckSettings ApplyTo(HealthCheckSettings settings) => new(
        UrlIsSet ? Url : settings.Url,
        IntervalSeconds ?? settings.IntervalSeconds,
        TimeoutSeconds ?? settings.TimeoutSeconds,
        Retries ?? settings.Retries,
        Enabled ?? settings.Enabled,
        FallbackToHealthCheck ?? settings.FallbackToHealthCheck)
    {
        Request = Request.ApplyTo(settings.Request),
    };
}
