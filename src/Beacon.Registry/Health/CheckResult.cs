namespace Beacon.Registry.Health;

/// <summary>What one health check found.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="ResponseTime">From the request to the end of the answer; null when there was none.</param>
/// <param name="StatusCode">Of the last HTTP answer; null for TCP and when there was none.</param>
/// <param name="Error">One sentence for a person; null when it passed. At most <see cref="Services.ServiceLimits.MaxCheckError"/> characters.</param>
/// <param name="CertificateExpiresAt">End of the server's TLS certificate; null without TLS.</param>
public readonly record struct CheckResult(
    CheckOutcome Outcome,
    DateTimeOffset At,
    TimeSpan? ResponseTime = null,
    int? StatusCode = null,
    string? Error = null,
    DateTimeOffset? CertificateExpiresAt = null)
{
    public bool Passed => Outcome == CheckOutcome.Healthy;
}
