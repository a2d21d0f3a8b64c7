using Beacon.Registry.Services;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Documents;

/// <summary>A planned interruption; null when there is none. Its times are whole milliseconds.</summary>
internal static class MaintenanceDocument
{
    private const string Since = "since";
    private const string Until = "until";
    private const string Reason = "reason";

    public static BsonValue From(Maintenance? maintenance) =>
        maintenance is null
            ? BsonNull.Value
            : new BsonDocument
            {
                { Since, BsonInstant.From(maintenance.Since) },
                { Until, BsonInstant.From(maintenance.Until) },
                { Reason, BsonText.From(maintenance.Reason) },
            };

    public static Maintenance? Read(BsonValue value) =>
        value is BsonDocument document
        && BsonInstant.TryRead(document.GetValue(Since, BsonNull.Value), 0, out var since)
        && BsonInstant.TryRead(document.GetValue(Until, BsonNull.Value), 0, out var until)
            ? new Maintenance(since, until, document.GetValue(Reason, "") is BsonString reason ? reason.AsString : "")
            : null;
}
