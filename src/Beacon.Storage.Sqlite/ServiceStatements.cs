using Beacon.Registry.Services;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>The compiled statements that change services; each call is one of them, inside the caller's transaction.</summary>
internal sealed class ServiceStatements(SqliteConnection connection)
{
    /// <summary>
    /// Inside a batch two services may swap names; the one that is still under the name now taken is written again later in the same
    /// batch. Its lease goes with it.
    /// </summary>
    private readonly SqliteStatement _makeRoom = connection.Prepare(
        "DELETE FROM services WHERE name = ?1 AND host = ?2 AND port = ?3 AND service_id <> ?4");

    private readonly SqliteStatement _putContent = connection.Prepare(
        """
        INSERT INTO services (
            service_id, name, type, host, port, protocol, tags, metadata, ttl,
            health_check_url, health_check_interval, health_check_timeout, health_check_retries, health_check_enabled, fallback_to_health_check,
            mdns_service_type, mdns_service_type_explicit, mdns_txt_records, source_address, created_at, content_updated_at,
            health_check_request, lease_source, maintenance_since, maintenance_until, maintenance_reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
            ?22, ?23, ?24, ?25, ?26)
        ON CONFLICT (service_id) DO UPDATE SET
            name = excluded.name, type = excluded.type, host = excluded.host, port = excluded.port, protocol = excluded.protocol,
            tags = excluded.tags, metadata = excluded.metadata, ttl = excluded.ttl,
            health_check_url = excluded.health_check_url, health_check_interval = excluded.health_check_interval,
            health_check_timeout = excluded.health_check_timeout, health_check_retries = excluded.health_check_retries,
            health_check_enabled = excluded.health_check_enabled, fallback_to_health_check = excluded.fallback_to_health_check,
            mdns_service_type = excluded.mdns_service_type, mdns_service_type_explicit = excluded.mdns_service_type_explicit,
            mdns_txt_records = excluded.mdns_txt_records, source_address = excluded.source_address,
            created_at = excluded.created_at, content_updated_at = excluded.content_updated_at,
            health_check_request = excluded.health_check_request, lease_source = excluded.lease_source,
            maintenance_since = excluded.maintenance_since, maintenance_until = excluded.maintenance_until,
            maintenance_reason = excluded.maintenance_reason
        """);

    private readonly SqliteStatement _putLease = connection.Prepare(
        """
        INSERT INTO leases (service_id, status, expires_at, last_heartbeat) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (service_id) DO UPDATE SET
            status = excluded.status, expires_at = excluded.expires_at, last_heartbeat = excluded.last_heartbeat
        """);

    private readonly SqliteStatement _updateLease = connection.Prepare(
        "UPDATE leases SET status = ?2, expires_at = ?3, last_heartbeat = ?4 WHERE service_id = ?1");

    private readonly SqliteStatement _remove = connection.Prepare("DELETE FROM services WHERE service_id = ?1");

    public void Remove(ServiceId id) => _remove.Bind(1, id.ToString()).Run();

    public void PutLease(in ServiceView service) => RunLease(_putLease, service);

    /// <summary>Does nothing when the service is not there: a late heartbeat does not bring a removed one back.</summary>
    public void UpdateLease(in ServiceView service) => RunLease(_updateLease, service);

    public void PutContent(ServiceInstance service)
    {
        var id = service.Id.ToString();
        _makeRoom.Bind(1, service.Name).Bind(2, service.Host).Bind(3, service.Port).Bind(4, id).Run();
        _putContent
            .Bind(1, id)
            .Bind(2, service.Name)
            .Bind(3, service.Type)
            .Bind(4, service.Host)
            .Bind(5, service.Port)
            .Bind(6, service.Protocol)
            .Bind(7, JsonColumns.Write(service.Tags))
            .Bind(8, JsonColumns.Write(service.Metadata))
            .Bind(9, service.TtlSeconds)
            .Bind(10, service.HealthCheck.Url)
            .Bind(11, service.HealthCheck.IntervalSeconds)
            .Bind(12, service.HealthCheck.TimeoutSeconds)
            .Bind(13, service.HealthCheck.Retries)
            .Bind(14, service.HealthCheck.Enabled)
            .Bind(15, service.HealthCheck.FallbackToHealthCheck)
            .Bind(16, service.MdnsServiceType)
            .Bind(17, service.MdnsServiceTypeIsExplicit)
            .Bind(18, JsonColumns.Write(service.MdnsTxtRecords))
            .Bind(19, service.SourceAddress?.ToString())
            .Bind(20, Microseconds.From(service.CreatedAt))
            .Bind(21, Microseconds.From(service.ContentUpdatedAt));
        BindHealth(service);
        _putContent.Run();
    }

    private void BindHealth(ServiceInstance service)
    {
        var request = service.HealthCheck.Request;
        if (request == HealthCheckRequest.Default)
        {
            _putContent.Bind(22, (string?)null);
        }
        else
        {
            _putContent.Bind(22, HealthRequestColumn.Write(request));
        }

        _putContent
            .Bind(23, service.ChosenLeaseSource is { } source ? LeaseSourceText.From(source) : null)
            .Bind(24, service.Maintenance is { } begun ? Microseconds.From(begun.Since) : null)
            .Bind(25, service.Maintenance is { } ends ? Microseconds.From(ends.Until) : null)
            .Bind(26, service.Maintenance?.Reason);
    }

    private static void RunLease(SqliteStatement statement, in ServiceView service) => statement
        .Bind(1, service.Id.ToString())
        .Bind(2, StatusText.From(service.Lease.Status))
        .Bind(3, Microseconds.From(service.Lease.ExpiresAt))
        .Bind(4, Microseconds.From(service.Lease.LastHeartbeat))
        .Run();
}
