using System.Text.Json;

namespace Beacon.Aot.Api.Services;

/// <summary>Names of the members of a service in JSON.</summary>
internal static class ServiceField
{
    public static readonly JsonEncodedText ServiceId = JsonEncodedText.Encode("service_id");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Host = JsonEncodedText.Encode("host");
    public static readonly JsonEncodedText Port = JsonEncodedText.Encode("port");
    public static readonly JsonEncodedText Protocol = JsonEncodedText.Encode("protocol");
    public static readonly JsonEncodedText Tags = JsonEncodedText.Encode("tags");
    public static readonly JsonEncodedText Metadata = JsonEncodedText.Encode("metadata");
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    public static readonly JsonEncodedText Ttl = JsonEncodedText.Encode("ttl");
    public static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expires_at");
    public static readonly JsonEncodedText LastHeartbeat = JsonEncodedText.Encode("last_heartbeat");
    public static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    public static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updated_at");
    public static readonly JsonEncodedText HealthCheckUrl = JsonEncodedText.Encode("health_check_url");
    public static readonly JsonEncodedText HealthCheckInterval = JsonEncodedText.Encode("health_check_interval");
    public static readonly JsonEncodedText HealthCheckTimeout = JsonEncodedText.Encode("health_check_timeout");
    public static readonly JsonEncodedText HealthCheckRetries = JsonEncodedText.Encode("health_check_retries");
    public static readonly JsonEncodedText LastHealthCheck = JsonEncodedText.Encode("last_health_check");
    public static readonly JsonEncodedText ConsecutiveHealthFailures = JsonEncodedText.Encode("consecutive_health_failures");
    public static readonly JsonEncodedText HealthCheckEnabled = JsonEncodedText.Encode("health_check_enabled");
    public static readonly JsonEncodedText FallbackToHealthCheck = JsonEncodedText.Encode("fallback_to_health_check");
    public static readonly JsonEncodedText MdnsServiceType = JsonEncodedText.Encode("mdns_service_type");
    public static readonly JsonEncodedText MdnsTxtRecords = JsonEncodedText.Encode("mdns_txt_records");
    public static readonly JsonEncodedText HealthCheckMethod = JsonEncodedText.Encode("health_check_method");
    public static readonly JsonEncodedText HealthCheckHeaderNames = JsonEncodedText.Encode("health_check_header_names");
    public static readonly JsonEncodedText HealthCheckExpectedStatus = JsonEncodedText.Encode("health_check_expected_status");
    public static readonly JsonEncodedText HealthCheckExpectedText = JsonEncodedText.Encode("health_check_expected_text");
    public static readonly JsonEncodedText HealthCheckExpectedJson = JsonEncodedText.Encode("health_check_expected_json");
    public static readonly JsonEncodedText HealthCheckInsecure = JsonEncodedText.Encode("health_check_insecure");
    public static readonly JsonEncodedText LeaseSource = JsonEncodedText.Encode("lease_source");
    public static readonly JsonEncodedText Health = JsonEncodedText.Encode("health");
    public static readonly JsonEncodedText Flapping = JsonEncodedText.Encode("flapping");
    public static readonly JsonEncodedText Maintenance = JsonEncodedText.Encode("maintenance");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    public static readonly JsonEncodedText ConsecutiveFailures = JsonEncodedText.Encode("consecutive_failures");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText Since = JsonEncodedText.Encode("since");
    public static readonly JsonEncodedText Until = JsonEncodedText.Encode("until");
    public static readonly JsonEncodedText ResponseTime = JsonEncodedText.Encode("response_time_ms");
}
