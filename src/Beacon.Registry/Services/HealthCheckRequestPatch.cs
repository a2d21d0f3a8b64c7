namespace Beacon.Registry.Services;

/// <summary>The fields of a request about what a check sends and expects; null means "not said".</summary>
/// <param name="ExpectedTextIsSet">Tells "not said" from an explicit null, which takes the expectation away.</param>
public readonly record struct HealthCheckRequestPatch(
    CheckMethod? Method,
    IReadOnlyList<KeyValuePair<string, string>>? Headers,
    string? ExpectedStatus,
    bool ExpectedTextIsSet,
    string? ExpectedText,
    IReadOnlyList<KeyValuePair<string, string>>? ExpectedJson,
    bool? Insecure)
{
    public HealthCheckRequest ApplyTo(HealthCheckRequest request)
    {
        var patched = request with
        {
            Method = Method ?? request.Method,
            Headers = Headers ?? request.Headers,
            ExpectedStatus = ExpectedStatus ?? request.ExpectedStatus,
            ExpectedText = ExpectedTextIsSet ? ExpectedText : request.ExpectedText,
            ExpectedJson = ExpectedJson ?? request.ExpectedJson,
            Insecure = Insecure ?? request.Insecure,
        };

        // One object for all services that ask for nothing special, and for a service that says the same again.
        return patched == HealthCheckRequest.Default ? HealthCheckRequest.Default : patched == request ? request : patched;
    }
}
