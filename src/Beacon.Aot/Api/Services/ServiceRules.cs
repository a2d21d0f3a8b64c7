using Beacon.Aot.Api.Validation;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Api.Services;

/// <summary>The table of everything a client may say about a service, in the order problems are listed.</summary>
internal static class ServiceRules
{
    public static readonly FieldRule Name = new("name", FieldKind.Text, ServiceLimits.MinName, ServiceLimits.MaxName)
    {
        Form = TextForm.Line,
    };

    public static readonly FieldRule Type = new("type", FieldKind.Text, ServiceLimits.MinType, ServiceLimits.MaxType)
    {
        Form = TextForm.Line,
    };

    /// <summary>Not checked further: scripts send what <c>hostname -i</c> prints, which may be several addresses with blanks between.</summary>
    public static readonly FieldRule Host = new("host", FieldKind.Text, ServiceLimits.MinHost, ServiceLimits.MaxHost)
    {
        Form = TextForm.Line,
    };

    public static readonly FieldRule Port = new("port", FieldKind.Integer, ServiceLimits.MinPort, ServiceLimits.MaxPort);

    public static readonly FieldRule Protocol = new("protocol", FieldKind.Text, 0, ServiceLimits.MaxProtocol) { Form = TextForm.Line };

    public static readonly FieldRule Tags = new("tags", FieldKind.List)
    {
        MaxItems = ServiceLimits.MaxTags,
        Item = new("tag", FieldKind.Text, ServiceLimits.MinTag, ServiceLimits.MaxTag) { Form = TextForm.Line },
    };

    public static readonly FieldRule Metadata = new("metadata", FieldKind.Map)
    {
        MaxItems = ServiceLimits.MaxMetadata,
        Key = new("key", FieldKind.Text, ServiceLimits.MinMetadataKey, ServiceLimits.MaxMetadataKey) { Form = TextForm.Line },
        MaxValueBytes = ServiceLimits.MaxMetadataValue,
    };

    public static readonly FieldRule Ttl = new("ttl", FieldKind.Integer, ServiceLimits.MinTtl, ServiceLimits.MaxTtl);

    public static readonly FieldRule HealthCheckUrl = new("health_check_url", FieldKind.Text, 0, ServiceLimits.MaxHealthCheckUrl)
    {
        Form = TextForm.ProbeUrl,
        AllowsNull = true,
    };

    public static readonly FieldRule HealthCheckInterval = new(
        "health_check_interval", FieldKind.Integer, ServiceLimits.MinHealthCheckInterval, ServiceLimits.MaxHealthCheckInterval)
    {
        AllowsNull = true,
    };

    public static readonly FieldRule HealthCheckTimeout = new(
        "health_check_timeout", FieldKind.Integer, ServiceLimits.MinHealthCheckTimeout, ServiceLimits.MaxHealthCheckTimeout);

    public static readonly FieldRule HealthCheckRetries = new(
        "health_check_retries", FieldKind.Integer, ServiceLimits.MinHealthCheckRetries, ServiceLimits.MaxHealthCheckRetries);

    public static readonly FieldRule HealthCheckEnabled = new("health_check_enabled", FieldKind.Boolean);

    public static readonly FieldRule FallbackToHealthCheck = new("fallback_to_health_check", FieldKind.Boolean);

    public static readonly FieldRule HealthCheckMethod = new("health_check_method", FieldKind.Text) { Choices = CheckMethodText.All };

    public static readonly FieldRule HealthCheckHeaders = new("health_check_headers", FieldKind.Map)
    {
        MaxItems = ServiceLimits.MaxHealthCheckHeaders,
        Key = new("name", FieldKind.Text, 1, ServiceLimits.MaxMetadataKey) { Form = TextForm.HeaderName },
        MaxValueBytes = ServiceLimits.MaxHealthCheckHeader,
        ValueForm = TextForm.Line,
    };

    public static readonly FieldRule HealthCheckExpectedStatus = new("health_check_expected_status", FieldKind.Text, 3, ServiceLimits.MaxExpectedStatus)
    {
        Form = TextForm.StatusRanges,
    };

    public static readonly FieldRule HealthCheckExpectedText = new("health_check_expected_text", FieldKind.Text, 0, ServiceLimits.MaxExpectedText)
    {
        AllowsNull = true,
    };

    public static readonly FieldRule HealthCheckExpectedJson = new("health_check_expected_json", FieldKind.Map)
    {
        MaxItems = ServiceLimits.MaxExpectedJson,
        Key = new("path", FieldKind.Text, 1, ServiceLimits.MaxJsonPath) { Form = TextForm.JsonPath },
        MaxValueBytes = ServiceLimits.MaxJsonValue,
    };

    public static readonly FieldRule HealthCheckInsecure = new("health_check_insecure", FieldKind.Boolean);

    public static readonly FieldRule LeaseSource = new("lease_source", FieldKind.Text) { Choices = LeaseSourceText.All };

    public static readonly FieldRule MdnsServiceType = new("mdns_service_type", FieldKind.Text) { Form = TextForm.ServiceType };

    public static readonly FieldRule MdnsTxtRecords = new("mdns_txt_records", FieldKind.Map)
    {
        MaxItems = ServiceLimits.MaxTxtRecords,
        Key = new("key", FieldKind.Text, 1, ServiceLimits.MaxTxtRecord) { Form = TextForm.TxtKey },
        MaxValueBytes = ServiceLimits.MaxTxtRecord,
        MaxEntryBytes = ServiceLimits.MaxTxtRecord,
    };

    public static readonly IReadOnlyList<FieldRule> ForRegistration =
    [
        Name, Type, Host, Port, Protocol, Tags, Metadata, Ttl, HealthCheckUrl, HealthCheckInterval, HealthCheckTimeout, HealthCheckRetries,
        HealthCheckEnabled, FallbackToHealthCheck, HealthCheckMethod, HealthCheckHeaders, HealthCheckExpectedStatus, HealthCheckExpectedText,
        HealthCheckExpectedJson, HealthCheckInsecure, LeaseSource, MdnsServiceType, MdnsTxtRecords,
    ];

    /// <summary>The lease length is given by registering and by heartbeats, not by an update.</summary>
    public static readonly IReadOnlyList<FieldRule> ForUpdate = [.. ForRegistration.Where(rule => rule != Ttl)];

    public static readonly IReadOnlyList<FieldRule> Required = [Name, Host, Port];
}
