using System.Text.Json;

namespace Beacon.Aot.Api.Health;

/// <summary>Names of members that hold instants, or are in several answers.</summary>
internal static class HealthField
{
    public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    public static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    public static readonly JsonEncodedText StartedAt = JsonEncodedText.Encode("started_at");
    public static readonly JsonEncodedText EndedAt = JsonEncodedText.Encode("ended_at");
    public static readonly JsonEncodedText CertificateExpiresAt = JsonEncodedText.Encode("certificate_expires_at");
    public static readonly JsonEncodedText StatusCode = JsonEncodedText.Encode("status_code");
    public static readonly JsonEncodedText UpRatio = JsonEncodedText.Encode("up_ratio");
    public static readonly JsonEncodedText MinMs = JsonEncodedText.Encode("min_ms");
    public static readonly JsonEncodedText MeanMs = JsonEncodedText.Encode("mean_ms");
    public static readonly JsonEncodedText P50Ms = JsonEncodedText.Encode("p50_ms");
    public static readonly JsonEncodedText P95Ms = JsonEncodedText.Encode("p95_ms");
    public static readonly JsonEncodedText MaxMs = JsonEncodedText.Encode("max_ms");
    public static readonly JsonEncodedText Uptime24H = JsonEncodedText.Encode("uptime_24h");
    public static readonly JsonEncodedText DurationSeconds = JsonEncodedText.Encode("duration_seconds");
}
