using System.Net;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>
/// A service out of its document, of today's form or of either generation of the earlier implementation, read with suspicion: another
/// program or a person may have written it.
/// </summary>
internal static class ServiceDocumentReader
{
    /// <summary>Clocks that differ by less are taken for one: the times are then exact, and a network's delay is no difference.</summary>
    private static readonly TimeSpan SameClock = TimeSpan.FromSeconds(2);

    /// <summary>False for a document that makes no service; <paramref name="problem"/> says which field is to blame.</summary>
    /// <param name="clockDifference">The database's clock less this one's.</param>
    public static bool TryRead(BsonDocument document, TimeSpan clockDifference, out ServiceView service, out string problem)
    {
        service = default;
        problem = FindProblem(document);
        if (problem.Length > 0)
        {
            return false;
        }

        var micro = document.GetValue(Field.Microseconds, BsonNull.Value) as BsonArray;
        if (!BsonInstant.TryRead(document.GetValue(Field.ExpiresAt, BsonNull.Value), Part(micro, 2), out var expiresAt)
            || !BsonInstant.TryRead(document.GetValue(Field.LastHeartbeat, BsonNull.Value), Part(micro, 3), out var lastHeartbeat)
            || !BsonInstant.TryRead(document.GetValue(Field.CreatedAt, BsonNull.Value), Part(micro, 0), out var createdAt))
        {
            problem = $"{Field.ExpiresAt}, {Field.LastHeartbeat} or {Field.CreatedAt} is no time";
            return false;
        }

        var contentUpdatedAt = createdAt;
        _ = BsonInstant.TryRead(document.GetValue(Field.ContentUpdatedAt, BsonNull.Value), Part(micro, 1), out contentUpdatedAt)
            || BsonInstant.TryRead(document.GetValue(Field.UpdatedAt, BsonNull.Value), 0, out contentUpdatedAt);
        StatusText.TryRead(Text(document, Field.Status), out var status);
        service = new ServiceView(
            ReadInstance(document, createdAt, contentUpdatedAt == default ? createdAt : contentUpdatedAt),
            new LeaseState(status, expiresAt + Correction(document, expiresAt, clockDifference), lastHeartbeat));
        return true;
    }

    public static long Revision(BsonDocument document) => document.TryGetValue(Field.Revision, out var revision) && revision.IsNumeric ? revision.ToInt64() : 0;

    public static ServiceId? Id(BsonDocument document) => ServiceId.TryParse(Text(document, Field.ServiceId), out var id) ? id : null;

    private static string FindProblem(BsonDocument document)
    {
        if (Id(document) is null)
        {
            return $"{Field.ServiceId} is no UUID";
        }

        foreach (var field in (string[])[Field.Name, Field.Type, Field.Host])
        {
            if (string.IsNullOrEmpty(Text(document, field)))
            {
                return $"{field} is missing or empty";
            }
        }

        if (Number(document, Field.Port, 0) is < ServiceLimits.MinPort or > ServiceLimits.MaxPort)
        {
            return $"{Field.Port} is not from {ServiceLimits.MinPort} to {ServiceLimits.MaxPort}";
        }

        return StatusText.TryRead(Text(document, Field.Status), out _) ? "" : $"{Field.Status} is none that there is";
    }

    private static ServiceInstance ReadInstance(BsonDocument document, DateTimeOffset createdAt, DateTimeOffset contentUpdatedAt)
    {
        var type = Text(document, Field.Type)!;
        var protocol = Text(document, Field.Protocol) ?? ServiceLimits.DefaultProtocol;

        // The earlier implementation wrote a mapped type and took it from the mapping again when it read: only what is ours counts.
        var isOurs = document.TryGetValue(Field.MdnsServiceTypeIsExplicit, out var isExplicit);
        var mdnsType = isOurs ? Text(document, Field.MdnsServiceType) : null;
        return new ServiceInstance
        {
            Id = Id(document)!.Value,
            Name = Text(document, Field.Name)!,
            Type = type,
            Host = Text(document, Field.Host)!,
            Port = Number(document, Field.Port, 0),
            Protocol = protocol,
            Tags = BsonText.ReadTexts(document.GetValue(Field.Tags, BsonNull.Value)),
            Metadata = BsonText.ReadEntries(document.GetValue(Field.Metadata, BsonNull.Value)),
            TtlSeconds = Math.Clamp(Number(document, Field.Ttl, ServiceLimits.DefaultTtl), ServiceLimits.MinTtl, ServiceLimits.MaxTtl),
            HealthCheck = ReadHealthCheck(document),
            ChosenLeaseSource = LeaseSourceText.Read(Text(document, Field.LeaseSource)),
            Maintenance = MaintenanceDocument.Read(document.GetValue(Field.Maintenance, BsonNull.Value)),
            MdnsServiceType = string.IsNullOrEmpty(mdnsType) ? MdnsServiceTypes.For(type, protocol) : mdnsType,
            MdnsServiceTypeIsExplicit = isOurs && isExplicit == true,
            MdnsTxtRecords = BsonText.ReadEntries(document.GetValue(Field.MdnsTxtRecords, BsonNull.Value)),
            SourceAddress = IPAddress.TryParse(Text(document, Field.SourceAddress), out var address) ? address : null,
            CreatedAt = createdAt,
            ContentUpdatedAt = contentUpdatedAt,
        };
    }

    private static HealthCheckSettings ReadHealthCheck(BsonDocument document)
    {
        var usual = HealthCheckSettings.Default;
        return new HealthCheckSettings(
            Text(document, Field.HealthCheckUrl),
            Math.Clamp(Number(document, Field.HealthCheckInterval, usual.IntervalSeconds), 1, ServiceLimits.MaxHealthCheckInterval),
            Math.Clamp(Number(document, Field.HealthCheckTimeout, usual.TimeoutSeconds), ServiceLimits.MinHealthCheckTimeout, ServiceLimits.MaxHealthCheckTimeout),
            Math.Clamp(Number(document, Field.HealthCheckRetries, usual.Retries), ServiceLimits.MinHealthCheckRetries, ServiceLimits.MaxHealthCheckRetries),
            Truth(document, Field.HealthCheckEnabled),
            Truth(document, Field.FallbackToHealthCheck))
        {
            Request = HealthRequestDocument.Read(document.GetValue(Field.HealthCheckRequest, BsonNull.Value)),
        };
    }

    /// <summary>
    /// What must be added to an end written by another wall clock: the writer's clock against the database's when it wrote, and the
    /// database's against ours now. Neither wall clock is believed.
    /// </summary>
    private static TimeSpan Correction(BsonDocument document, DateTimeOffset expiresAt, TimeSpan clockDifference)
    {
        if (document.GetValue(Field.LeaseWrittenAt, BsonNull.Value) is not BsonDateTime { IsValidDateTime: true } writtenAt
            || document.GetValue(Field.LeaseRemaining, BsonNull.Value) is not BsonInt64 remaining)
        {
            return TimeSpan.Zero;
        }

        var endByDatabase = new DateTimeOffset(writtenAt.ToUniversalTime(), TimeSpan.Zero).AddMilliseconds(remaining.Value);
        var correction = endByDatabase - clockDifference - expiresAt;
        return correction.Duration() < SameClock ? TimeSpan.Zero : correction;
    }

    private static int Part(BsonArray? parts, int at) => parts is not null && parts.Count > at && parts[at].IsInt32 ? Math.Clamp(parts[at].AsInt32, 0, 999) : 0;

    private static string? Text(BsonDocument document, string field) =>
        document.TryGetValue(field, out var value) && value.IsString ? value.AsString : null;

    private static int Number(BsonDocument document, string field, int otherwise) =>
        document.TryGetValue(field, out var value) && value.IsNumeric && value.ToDouble() is > int.MinValue and < int.MaxValue ? value.ToInt32() : otherwise;

    private static bool Truth(BsonDocument document, string field) => !document.TryGetValue(field, out var value) || value.ToBoolean();
}
