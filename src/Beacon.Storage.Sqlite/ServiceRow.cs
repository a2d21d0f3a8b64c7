using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite;

/// <summary>Rows of services and leases, read back with suspicion: a person may have edited them. Texts that repeat become one object.</summary>
internal sealed class ServiceRow(SqliteStatement row)
{
    /// <summary>The columns in the order in which <see cref="TryRead"/> counts them.</summary>
    public const string SelectAll =
        """
        SELECT service_id, name, type, host, port, protocol, tags, metadata, ttl,
               health_check_url, health_check_interval, health_check_timeout, health_check_retries, health_check_enabled, fallback_to_health_check,
               mdns_service_type, mdns_service_type_explicit, mdns_txt_records, source_address, created_at, content_updated_at,
               health_check_request, lease_source, maintenance_since, maintenance_until, maintenance_reason
        FROM services
        """;

    /// <summary>
    /// Apart from the services and in the order of the file: joined, each service would search its lease among pages that lie in another order.
    /// </summary>
    public const string SelectLeases = "SELECT service_id, status, expires_at, last_heartbeat FROM leases";

    private readonly TextPool _pool = new();

    /// <summary>False for a row that makes no lease; its service is then left out for that.</summary>
    public static bool TryReadLease(SqliteStatement row, out ServiceId id, out LeaseState lease)
    {
        lease = default;
        if (!TryReadId(row.Utf8(0), out id)
            || !StatusText.TryRead(row.Text(1), out var status)
            || !Microseconds.TryRead(row.Integer(2), out var expiresAt)
            || !Microseconds.TryRead(row.Integer(3), out var lastHeartbeat))
        {
            return false;
        }

        lease = new LeaseState(status, expiresAt, lastHeartbeat);
        return true;
    }

    /// <summary>False for a row that makes no service; <paramref name="problem"/> says which column is to blame.</summary>
    public bool TryRead(Dictionary<ServiceId, LeaseState> leases, out ServiceView service, out string problem)
    {
        service = default;
        problem = FindProblem(out var id, out var createdAt, out var contentUpdatedAt);
        if (problem.Length > 0)
        {
            return false;
        }

        if (!leases.TryGetValue(id, out var lease))
        {
            problem = "status, expires_at or last_heartbeat";
            return false;
        }

        if (!TryReadInstance(id, createdAt, contentUpdatedAt, out var instance, out problem))
        {
            return false;
        }

        service = new ServiceView(instance, lease);
        return true;
    }

    private bool TryReadInstance(
        ServiceId id, DateTimeOffset createdAt, DateTimeOffset contentUpdatedAt, out ServiceInstance instance, out string problem)
    {
        instance = null!;
        problem = string.Empty;
        try
        {
            instance = new ServiceInstance
            {
                Id = id,
                Name = row.Text(1)!,
                Type = _pool.Share(row.Utf8(2)),
                Host = _pool.Share(row.Utf8(3)),
                Port = (int)row.Integer(4),
                Protocol = _pool.Share(row.Utf8(5)),
                Tags = JsonColumns.ReadTexts(row.Utf8(6), _pool),
                Metadata = JsonColumns.ReadEntries(row.Utf8(7), _pool),
                TtlSeconds = (int)row.Integer(8),
                HealthCheck = ReadHealthCheck(),
                ChosenLeaseSource = LeaseSourceText.Read(row.Text(22)),
                Maintenance = ReadMaintenance(),
                MdnsServiceType = _pool.Share(row.Utf8(15)),
                MdnsServiceTypeIsExplicit = row.Integer(16) != 0,
                MdnsTxtRecords = JsonColumns.ReadEntries(row.Utf8(17), _pool),

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

    private string FindProblem(out ServiceId id, out DateTimeOffset createdAt, out DateTimeOffset contentUpdatedAt)
    {
        createdAt = contentUpdatedAt = default;
        if (!TryReadId(row.Utf8(0), out id))
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

    private HealthCheckSettings ReadHealthCheck()
    {
        var settings = new HealthCheckSettings(
            row.Text(9),
            Seconds(row.Integer(10)),
            Seconds(row.Integer(11)),
            (int)Math.Clamp(row.Integer(12), ServiceLimits.MinHealthCheckRetries, ServiceLimits.MaxHealthCheckRetries),
            row.Integer(13) != 0,
            row.Integer(14) != 0)
        {
            Request = HealthRequestColumn.Read(row.Utf8(21), _pool),
        };
        return settings == HealthCheckSettings.Default ? HealthCheckSettings.Default : settings;
    }

    private Maintenance? ReadMaintenance() =>
        row.Text(25) is { } reason && Microseconds.TryRead(row.Integer(23), out var since) && Microseconds.TryRead(row.Integer(24), out var until)
            ? new Maintenance(since, until, reason)
            : null;

    private static bool TryReadId(ReadOnlySpan<byte> utf8, out ServiceId id)
    {
        Span<char> text = stackalloc char[ServiceId.Length];
        id = default;
        return utf8.Length == ServiceId.Length
            && Ascii.ToUtf16(utf8, text, out _) == OperationStatus.Done
            && ServiceId.TryParse(text, out id);
    }

    private static int Seconds(long value) => (int)Math.Clamp(value, 1, ServiceLimits.MaxHealthCheckInterval);
}
