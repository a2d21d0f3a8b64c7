using Beacon.Storage.Events;
using Beacon.Storage.Mongo.Documents;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Events;

/// <summary>Entries of the event log as documents.</summary>
internal static class EventDocument
{
    /// <param name="beaconId">Ids of entries are each Beacon's own.</param>
    public static BsonDocument Of(EventEntry entry, string beaconId) => new()
    {
        // With the time, because a power cut may take an entry that was never copied and give its number to the next.
        { Field.Id, $"{beaconId}-{entry.Id}-{entry.At.ToUnixTimeMilliseconds()}" },
        { "timestamp", BsonInstant.From(entry.At) },
        { "action", EventKindText.Of(entry.Kind) },
        { Field.ServiceId, entry.Service is { } service ? new BsonString(service.ToString()) : BsonNull.Value },
        { "service_name", Text(entry.Name) },
        { "source", Text(entry.Source) },
        { "detail", Text(entry.Detail) },
    };

    private static BsonValue Text(string? text) => text is null ? BsonNull.Value : BsonText.From(text);
}
