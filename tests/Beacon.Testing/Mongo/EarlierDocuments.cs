using System.Globalization;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo;

/// <summary>
/// Documents as the earlier implementation wrote them, in its two generations: first with BSON dates and ObjectId keys, later with dates as
/// texts and keys that are texts.
/// </summary>
public static class EarlierDocuments
{
    private const int HexDigits = 24;

    /// <summary>The indexes it made, under the names it gave them.</summary>
    public static IReadOnlyList<BsonDocument> Indexes { get; } =
    [
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument("service_id", 1) }, { "name", "service_id_1" }, { "unique", true } },
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument("expires_at", 1) }, { "name", "expires_at_1" } },
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument("type", 1) }, { "name", "type_1" } },
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument("host", 1) }, { "name", "host_1" } },
        new BsonDocument { { "v", 2 }, { "key", new BsonDocument { { "type", 1 }, { "expires_at", 1 } } }, { "name", "type_1_expires_at_1" } },
    ];

    /// <summary>Later generation: dates as ISO texts with microseconds and +00:00, without a fraction when it is zero.</summary>
    public static BsonDocument WithTexts(int number, DateTimeOffset createdAt, DateTimeOffset updatedAt, DateTimeOffset expiresAt) =>
        Document(number, number.ToString("x24", CultureInfo.InvariantCulture)[..HexDigits], Text(createdAt), Text(updatedAt), Text(expiresAt));

    /// <summary>First generation.</summary>
    public static BsonDocument WithDates(int number, DateTimeOffset createdAt, DateTimeOffset updatedAt, DateTimeOffset expiresAt) =>
        Document(number, ObjectId.Parse(number.ToString("x24", CultureInfo.InvariantCulture)), Date(createdAt), Date(updatedAt), Date(expiresAt));

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:x12}");

    public static string Text(DateTimeOffset at) =>
        at.ToString(at.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    private static BsonDateTime Date(DateTimeOffset at) => new(at.ToUnixTimeMilliseconds());

    private static BsonDocument Document(int number, BsonValue key, BsonValue createdAt, BsonValue updatedAt, BsonValue expiresAt) => new()
    {
        { "_id", key },
        { "created_at", createdAt },
        { "updated_at", updatedAt },
        { "service_id", IdOf(number) },
        { "name", $"sensor-{number}" },
        { "type", "iot" },
        { "host", $"192.168.{number / 250 % 250}.{number % 250}" },
        { "port", 8000 + (number % 1000) },
        { "protocol", "http" },
        { "tags", new BsonArray { "earlier", $"t{number % 7}" } },
        { "metadata", new BsonDocument { { "room", $"r{number % 11}" }, { "floor", "1" } } },
        { "ttl", 300 },
        { "expires_at", expiresAt },
        { "last_heartbeat", updatedAt },
        { "status", "active" },
        { "health_check_url", BsonNull.Value },
        { "health_check_interval", 60 },
        { "health_check_timeout", 10 },
        { "health_check_retries", 3 },
        { "last_health_check", BsonNull.Value },
        { "consecutive_health_failures", 0 },
        { "health_check_enabled", true },
        { "fallback_to_health_check", true },
        { "mdns_service_type", "_iot._tcp" },
        { "mdns_txt_records", new BsonDocument() },
        { "added_by_hand", number },
    };
}
