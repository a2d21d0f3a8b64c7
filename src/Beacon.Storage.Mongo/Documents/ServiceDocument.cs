using Beacon.Registry.Services;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>A service as update operators: what is set belongs to Beacon, every other field of the document stays.</summary>
internal static class ServiceDocument
{
    /// <summary>Everything.</summary>
    public static BsonDocument Whole(in ServiceView view, long revision, MongoWriter writer, DateTimeOffset now)
    {
        var service = view.Instance;
        var set = new BsonDocument
        {
            { Field.ServiceId, service.Id.ToString() },
            { Field.Name, BsonText.From(service.Name) },
            { Field.Type, BsonText.From(service.Type) },
            { Field.Host, BsonText.From(service.Host) },
            { Field.Port, service.Port },
            { Field.Protocol, BsonText.From(service.Protocol) },
            { Field.Tags, BsonText.From(service.Tags) },
            { Field.Metadata, BsonText.From(service.Metadata) },
            { Field.Ttl, service.TtlSeconds },
            { Field.CreatedAt, BsonInstant.From(service.CreatedAt) },
            { Field.ContentUpdatedAt, BsonInstant.From(service.ContentUpdatedAt) },
            { Field.HealthCheckUrl, Optional(service.HealthCheck.Url) },
            { Field.HealthCheckInterval, service.HealthCheck.IntervalSeconds },
            { Field.HealthCheckTimeout, service.HealthCheck.TimeoutSeconds },
            { Field.HealthCheckRetries, service.HealthCheck.Retries },
            { Field.HealthCheckEnabled, service.HealthCheck.Enabled },
            { Field.FallbackToHealthCheck, service.HealthCheck.FallbackToHealthCheck },
            { Field.HealthCheckRequest, HealthRequestDocument.From(service.HealthCheck.Request) },
            { Field.LeaseSource, service.ChosenLeaseSource is { } source ? LeaseSourceText.From(source) : BsonNull.Value },
            { Field.Maintenance, MaintenanceDocument.From(service.Maintenance) },
            { Field.MdnsServiceType, BsonText.From(service.MdnsServiceType) },
            { Field.MdnsServiceTypeIsExplicit, service.MdnsServiceTypeIsExplicit },
            { Field.MdnsTxtRecords, BsonText.From(service.MdnsTxtRecords) },
            { Field.SourceAddress, Optional(service.SourceAddress?.ToString()) },
        };
        AddLease(set, view, revision, writer, now);
        return Operators(set);
    }

    /// <summary>What a heartbeat moves.</summary>
    public static BsonDocument Lease(in ServiceView view, long revision, MongoWriter writer, DateTimeOffset now)
    {
        var set = new BsonDocument();
        AddLease(set, view, revision, writer, now);
        return Operators(set);
    }

    private static void AddLease(BsonDocument set, in ServiceView view, long revision, MongoWriter writer, DateTimeOffset now)
    {
        var lease = view.Lease;
        set.Add(Field.Status, StatusText.From(lease.Status));
        set.Add(Field.ExpiresAt, BsonInstant.From(lease.ExpiresAt));
        set.Add(Field.LastHeartbeat, BsonInstant.From(lease.LastHeartbeat));
        set.Add(Field.UpdatedAt, BsonInstant.From(view.UpdatedAt));
        set.Add(Field.LeaseRemaining, (long)(lease.ExpiresAt - now).TotalMilliseconds);
        set.Add(Field.Microseconds, new BsonArray
        {
            BsonInstant.Remainder(view.Instance.CreatedAt),
            BsonInstant.Remainder(view.Instance.ContentUpdatedAt),
            BsonInstant.Remainder(lease.ExpiresAt),
            BsonInstant.Remainder(lease.LastHeartbeat),
        });
        set.Add(Field.Revision, revision);
        set.Add(Field.Writer, writer.BeaconId);
        set.Add(Field.Run, writer.Run);
    }

    private static BsonDocument Operators(BsonDocument set) => new()
    {
        { "$set", set },
        { "$currentDate", new BsonDocument(Field.LeaseWrittenAt, true) },
    };

    private static BsonValue Optional(string? text) => text is null ? BsonNull.Value : BsonText.From(text);
}
