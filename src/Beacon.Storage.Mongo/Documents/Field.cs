namespace Beacon.Storage.Mongo.Documents;

/// <summary>Names in a service's document. The first group is the earlier implementation's.</summary>
internal static class Field
{
    public const string Id = "_id";
    public const string ServiceId = "service_id";
    public const string Name = "name";
    public const string Type = "type";
    public const string Host = "host";
    public const string Port = "port";
    public const string Protocol = "protocol";
    public const string Tags = "tags";
    public const string Metadata = "metadata";
    public const string Ttl = "ttl";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";
    public const string ExpiresAt = "expires_at";
    public const string LastHeartbeat = "last_heartbeat";
    public const string Status = "status";
    public const string HealthCheckUrl = "health_check_url";
    public const string HealthCheckInterval = "health_check_interval";
    public const string HealthCheckTimeout = "health_check_timeout";
    public const string HealthCheckRetries = "health_check_retries";
    public const string HealthCheckEnabled = "health_check_enabled";
    public const string FallbackToHealthCheck = "fallback_to_health_check";
    public const string MdnsServiceType = "mdns_service_type";
    public const string MdnsTxtRecords = "mdns_txt_records";

    /// <summary>Document of what is not the default: what a check sends and expects.</summary>
    public const string HealthCheckRequest = "health_check_request";
    public const string LeaseSource = "lease_source";

    /// <summary>Document with since, until and reason, or null.</summary>
    public const string Maintenance = "maintenance";

    public const string MdnsServiceTypeIsExplicit = "mdns_service_type_explicit";
    public const string SourceAddress = "source_address";
    public const string ContentUpdatedAt = "content_updated_at";

    /// <summary>What BSON dates cannot hold: microseconds within the millisecond of created_at, content_updated_at, expires_at, last_heartbeat.</summary>
    public const string Microseconds = "microseconds";

    /// <summary>Rises with each write; every write is conditional on the one it saw.</summary>
    public const string Revision = "revision";

    /// <summary>UUID of the Beacon that wrote this revision.</summary>
    public const string Writer = "writer";

    /// <summary>Run of that Beacon: a revision of another run is not ours although the number is.</summary>
    public const string Run = "writer_run";

    /// <summary>Milliseconds the lease had left when it was written; with the next one its end by the database's clock.</summary>
    public const string LeaseRemaining = "lease_remaining_ms";

    /// <summary>When it was written, by the database's own clock ($currentDate).</summary>
    public const string LeaseWrittenAt = "lease_written_at";

    /// <summary>Of a removal; its index lets it end.</summary>
    public const string RemovedAt = "removed_at";
}
