using Beacon.Registry.Services;

namespace Beacon.Features.Health.Probing;

/// <summary>One check while it runs, and what is known of it so far: also a check that fails half-way tells what it saw.</summary>
internal sealed class ProbeSession(ServiceInstance service, CheckUrl url, TimeProvider time, CancellationToken cancelled)
{
    private long? _askedAt;

    public ServiceInstance Service { get; } = service;

    public CheckUrl Url { get; } = url;

    public HealthCheckRequest Request => Service.HealthCheck.Request;

    /// <summary>Ends everything the check does: its time is up, or nobody wants to know any more.</summary>
    public CancellationToken Cancelled { get; } = cancelled;

    /// <summary>Of the last answer.</summary>
    public int? StatusCode { get; set; }

    public DateTimeOffset? CertificateExpiresAt { get; set; }

    /// <summary>Why the certificate is not accepted.</summary>
    public string? CertificateProblem { get; set; }

    /// <summary>The address is known, the asking begins. Further calls (redirects) change nothing.</summary>
    public void Begin() => _askedAt ??= time.GetTimestamp();

    public TimeSpan? Elapsed => _askedAt is { } asked ? time.GetElapsedTime(asked) : null;

    public DateTimeOffset Now => time.GetUtcNow();
}
