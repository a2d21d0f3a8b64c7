using Beacon.Storage.Health;
using Beacon.Storage.Mongo.Documents;
using MongoDB.Bson;

namespace Beacon.Storage.Mongo.Health;

/// <summary>History as documents. Identities are made of what a document is about, so that sending one again changes nothing.</summary>
internal static class HealthDocument
{
    /// <summary>As the earlier implementation documented it, with real dates.</summary>
    public static BsonDocument Of(ArchivedResult result) => new()
    {
        { Field.Id, $"{result.Service}-{result.At.ToUnixTimeMilliseconds()}-{result.Place}" },
        { Field.ServiceId, result.Service.ToString() },
        { "timestamp", BsonInstant.From(result.At) },
        { "status", CheckOutcomeText.From(result.Outcome) },
        { "response_time_ms", Number(result.ResponseMilliseconds) },
        { "status_code", result.StatusCode is { } code ? new BsonInt32(code) : BsonNull.Value },
        { "error_message", result.Error is { } error ? BsonText.From(error) : BsonNull.Value },
        { "planned", result.IsPlanned },
    };

    public static BsonDocument Of(ArchivedRollUps rollUps)
    {
        var document = new BsonDocument
        {
            { Field.Id, $"{rollUps.Service}-{rollUps.Resolution}-{rollUps.Start.ToUnixTimeSeconds()}" },
            { Field.ServiceId, rollUps.Service.ToString() },
            { "resolution", rollUps.Resolution },
            { "start", BsonInstant.From(rollUps.Start) },
            { "points", new BsonArray(rollUps.Points.Select(Of)) },
        };
        if (rollUps.ExpiresAt is { } end)
        {
            document[Field.ExpiresAt] = BsonInstant.From(end);
        }

        return document;
    }

    /// <param name="beaconId">Numbers of incidents are each Beacon's own.</param>
    public static BsonDocument Of(Incident incident, string beaconId) => new()
    {
        { Field.Id, $"{beaconId}-{incident.Number}" },
        { Field.ServiceId, incident.Service.ToString() },
        { "service_name", BsonText.From(incident.Name) },
        { "started_at", BsonInstant.From(incident.StartedAt) },
        { "ended_at", incident.EndedAt is { } end ? BsonInstant.From(end) : BsonNull.Value },
        { "cause", BsonText.From(incident.Cause) },
        { "planned", incident.IsPlanned },
    };

    private static BsonDocument Of(ArchivedPoint point) => new()
    {
        { "time", BsonInstant.From(point.Time) },
        { "count", point.Count },
        { "up", point.Up },
        { "planned", point.Planned },
        { "min_ms", Number(point.Min) },
        { "mean_ms", Number(point.Mean) },
        { "p50_ms", Number(point.P50) },
        { "p95_ms", Number(point.P95) },
        { "max_ms", Number(point.Max) },
    };

    private static BsonValue Number(double? value)
    {
        // Nothing finer is kept; without it 2.1 would be 2.1000000000000001.
        const int Digits = 3;
        return value is { } known ? new BsonDouble(Math.Round(known, Digits)) : BsonNull.Value;
    }
}
