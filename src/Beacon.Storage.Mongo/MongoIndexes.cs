using Beacon.Storage.Mongo.Documents;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo;

/// <summary>
/// Every index there must be, made when it is missing and remade when its options are others. Through the commands themselves, so that
/// nothing depends on what a driver's builder fills in.
/// </summary>
internal sealed class MongoIndexes(MongoLink link, MongoOptions options, ILogger logger)
{
    /// <summary>Removals are remembered longer than any write can be under way.</summary>
    private const int RemovedLifeSeconds = 7 * 86400;

    /// <summary>Raw results of health checks.</summary>
    private const int HealthCheckLifeSeconds = 30 * 86400;

    private const int OptionsConflict = 85;
    private const int KeySpecsConflict = 86;
    private const int NamespaceNotFound = 26;

    /// <summary>What there must be; names are those MongoDB and the earlier implementation give.</summary>
    public IReadOnlyList<(string Collection, BsonDocument Index)> Wanted { get; } =
    [
        (options.Services, Index("service_id_1", unique: true, expireAfter: null, (Field.ServiceId, 1))),
        (options.Services, Index("name_1_host_1_port_1", unique: true, expireAfter: null, (Field.Name, 1), (Field.Host, 1), (Field.Port, 1))),
        (options.Services, Index("expires_at_1", unique: false, expireAfter: null, (Field.ExpiresAt, 1))),
        (options.Services, Index("type_1", unique: false, expireAfter: null, (Field.Type, 1))),
        (options.Services, Index("host_1", unique: false, expireAfter: null, (Field.Host, 1))),
        (options.Services, Index("type_1_expires_at_1", unique: false, expireAfter: null, (Field.Type, 1), (Field.ExpiresAt, 1))),
        (options.Removed, Index("removed_at_1", unique: false, expireAfter: RemovedLifeSeconds, (Field.RemovedAt, 1))),
        (options.HealthChecks, Index("service_id_1_timestamp_-1", unique: false, expireAfter: null, (Field.ServiceId, 1), ("timestamp", -1))),
        (options.HealthChecks, Index("timestamp_1", unique: false, expireAfter: HealthCheckLifeSeconds, ("timestamp", 1))),
        (options.HealthRollUps, Index("service_id_1_resolution_1_start_-1", unique: false, expireAfter: null, (Field.ServiceId, 1), ("resolution", 1), ("start", -1))),
        (options.HealthRollUps, Index("expires_at_1", unique: false, expireAfter: 0, (Field.ExpiresAt, 1))),
        (options.HealthIncidents, Index("service_id_1_started_at_-1", unique: false, expireAfter: null, (Field.ServiceId, 1), ("started_at", -1))),
        (options.HealthIncidents, Index("started_at_-1", unique: false, expireAfter: null, ("started_at", -1))),
        (MongoOptions.Audit, Index("timestamp_-1", unique: false, expireAfter: null, ("timestamp", -1))),
    ];

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var group in Wanted.GroupBy(x => x.Collection))
        {
            try
            {
                await CreateAsync(group.Key, group.Select(x => x.Index), cancellationToken);
            }
            catch (MongoCommandException error) when (error.Code is OptionsConflict or KeySpecsConflict)
            {
                await ReplaceAsync(group.Key, [.. group.Select(x => x.Index)], cancellationToken);
            }
        }
    }

    /// <summary>Names of those that are missing or made with other options; changes nothing.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var group in Wanted.GroupBy(x => x.Collection))
        {
            var there = await ListAsync(group.Key, cancellationToken);
            missing.AddRange(group.Where(x => !there.Exists(y => IsSame(x.Index, y))).Select(x => $"{x.Collection}.{x.Index["name"]}"));
        }

        return missing;
    }

    private async Task ReplaceAsync(string collection, List<BsonDocument> wanted, CancellationToken cancellationToken)
    {
        foreach (var index in await ListAsync(collection, cancellationToken))
        {
            if (wanted.Exists(x => (x["name"] == index["name"] || x["key"] == index["key"]) && !IsSame(x, index)))
            {
                MongoLog.IndexReplaced(logger, index["name"].AsString, collection);
                await RunAsync(new BsonDocument { { "dropIndexes", collection }, { "index", index["name"] } }, cancellationToken);
            }
        }

        await CreateAsync(collection, wanted, cancellationToken);
    }

    private async Task<List<BsonDocument>> ListAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RunAsync(new BsonDocument("listIndexes", collection), cancellationToken);
            return [.. answer["cursor"]["firstBatch"].AsBsonArray.Select(x => x.AsBsonDocument)];
        }
        catch (MongoCommandException error) when (error.Code == NamespaceNotFound)
        {
            return [];
        }
    }

    private Task<BsonDocument> CreateAsync(string collection, IEnumerable<BsonDocument> indexes, CancellationToken cancellationToken) =>
        RunAsync(new BsonDocument { { "createIndexes", collection }, { "indexes", new BsonArray(indexes) } }, cancellationToken);

    private Task<BsonDocument> RunAsync(BsonDocument command, CancellationToken cancellationToken) =>
        link.Database.RunCommandAsync(new BsonDocumentCommand<BsonDocument>(command), ReadPreference.Primary, cancellationToken);

    private static bool IsSame(BsonDocument one, BsonDocument other) =>
        one["name"] == other["name"] && one["key"] == other["key"]
        && one.GetValue("unique", false).ToBoolean() == other.GetValue("unique", false).ToBoolean()
        && one.GetValue("expireAfterSeconds", BsonNull.Value) is var ends && other.GetValue("expireAfterSeconds", BsonNull.Value) is var otherEnds
        && (ends.IsNumeric ? otherEnds.IsNumeric && ends.ToInt64() == otherEnds.ToInt64() : !otherEnds.IsNumeric);

    private static BsonDocument Index(string name, bool unique, int? expireAfter, params (string Field, int Direction)[] key)
    {
        var index = new BsonDocument { { "key", new BsonDocument(key.Select(x => new BsonElement(x.Field, x.Direction))) }, { "name", name } };
        if (unique)
        {
            index["unique"] = true;
        }

        if (expireAfter is { } seconds)
        {
            index["expireAfterSeconds"] = seconds;
        }

        return index;
    }
}
