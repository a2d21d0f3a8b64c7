using System.Net;
using System.Text.Json;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>One row of services and lease, read back with suspicion: a person may have edited it.</summary>
internal static class ServiceRow
{
    /// <summary>The columns in the order in which <see cref="TryRead"/> counts them.</summary>
    public const string SelectAll =
        """
        SELECT s.service_id, name, type, host, port, protocol, tags, metadata, ttl,
               health_check_url, health_check_interval, health_check_timeout, health_check_retries, health_check_enabled, fallback_to_health_check,
               mdns_service_type, mdns_service_type_explicit, mdns_txt_records, source_address, created_at, content_updated_at,
               status, expires_at, last_heartbeat,
               health_check_request, lease_source, maintenance_since, maintenance_until, maintenance_reason
        FROM services s LEFT JOIN leases l ON l.service_id = s.service_id
        ORDER BY created_at, s.service_id
        """;

    /// <summary>False for a row that makes no service; <paramref name="problem"/> says which column is to blame.</summary>
    public static bool TryRead(SqliteStatement row, out ServiceView service, out string problem)
    {
        service = default;
        if (!TryReadLease(row, out var lease, out problem) || !TryReadInstance(row, out var instance, out problem))
        {
            return false;
        }

        service = new ServiceView(instance, lease);
        return true;
    }

    private static bool TryReadLease(SqliteStatement row, out LeaseState lease, out string problem)
    {
        lease = default;
        problem = "status, expires_at or last_heartbeat";
        if (!StatusText.TryRead(row.Text(21), out var status)
            || !Microseconds.TryRead(row.Integer(22), out var expiresAt)
            || !Microseconds.TryRead(row.Integer(23), out var lastHeartbeat))
        {
            return false;
        }

        lease = new LeaseState(status, expiresAt, lastHeartbeat);
        return true;
    }

    private static bool TryReadInstance(SqliteStatement row, out ServiceInstance instance, out string problem)
    {
        instance = null!;
        problem = FindProblem(row, out var id, out var createdAt, out var contentUpdatedAt);
        if (problem.Length > 0)
        {
            return false;
        }

        try
        {
            instance = new ServiceInstance
            {
                Id = id,
                Name = row.Text(1)!,
                Type = row.Text(2)!,
                Host = row.Text(3)!,
                Port = (int)row.Integer(4),
                Protocol = row.Text(5)!,
                Tags = JsonColumns.ReadTexts(row.Utf8(6)),
                Metadata = JsonColumns.ReadEntries(row.Utf8(7)),
                TtlSeconds = (int)row.Integer(8),
                HealthCheck = ReadHealthCheck(row),
                ChosenLeaseSource = LeaseSourceText.Read(row.Text(25)),
                Maintenance = ReadMaintenance(row),
                MdnsServiceType = row.Text(15)!,
                MdnsServiceTypeIsExplicit = row.Integer(16) != 0,
                MdnsTxtRecords = JsonColumns.ReadEntries(row.Utf8(17)),

                // Only a hint where to announce: an unreadable one is not worth the service.
                SourceAddress = IPAddress.TryParse(row.Text(18), out var address) ? address : null,
                CreatedAt = createdAt,
                ContentUpdatedAt = contentUpdatedAt,
            };
            return true;
        }
        catch (JsonException error)
        {
            problem = $"tags, metadata, mdns_txt_records or health_check_request: {error.Message}";
            return false;
        }
    }

    private static string FindProblem(SqliteStatement row, out ServiceId id, out DateTimeOffset createdAt, out DateTimeOffset contentUpdatedAt)
    {
        createdAt = contentUpdatedAt = default;
        if (!ServiceId.TryParse(row.Text(0), out id))
        {
            return "service_id";
        }

        if (row.Utf8(1).IsEmpty || row.Utf8(2).IsEmpty || row.Utf8(3).IsEmpty || row.Utf8(15).IsEmpty)
        {
            return "name, type, host or mdns_service_type is empty";
        }

        if (row.Integer(4) is < ServiceLimits.MinPort or > ServiceLimits.MaxPort)
        {
            return "port";
        }

        if (row.Integer(8) is < ServiceLimits.MinTtl or > ServiceLimits.MaxTtl)
        {
            return "ttl";
        }

        return Microseconds.TryRead(row.Integer(19), out createdAt) && Microseconds.TryRead(row.Integer(20), out contentUpdatedAt)
            ? string.Empty
            : "created_at or content_updated_at";
    }

    private static HealthCheckSettings ReadHealthCheck(SqliteStatement row) => new(
        row.Text(9),
        Seconds(row.Integer(10)),
        Seconds(row.Integer(11)),
        (int)Math.Clamp(row.Integer(12), ServiceLimits.MinHealthCheckRetries, ServiceLimits.MaxHealthCheckRetries),
        row.Integer(13) != 0,
        row.Integer(14) != 0)
    {
        Request = HealthRequestColumn.Read(row.Utf8(24)),
    };

    private static Maintenance? ReadMaintenance(SqliteStatement row) =>
        row.Text(28) is { } reason && Microseconds.TryRead(row.Integer(26), out var since) && Microseconds.TryRead(row.Integer(27), out var until)
            ? new Maintenance(since, until, reason)
            : null;

    private static int Seconds(long value) => (int)Math.Clamp(value, 1, ServiceLimits.MaxHealthCheckInterval);
}
