using Beacon.Storage.Health;
using Beacon.Storage.Mongo.Documents;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo.Health;

/// <summary>
/// The collections <c>health_checks</c>, <c>health_checks_rollups</c> and <c>health_checks_incidents</c>. Over connections of its own: an hour of
/// history must not hold up the services. Their indexes are made with those of the services.
/// </summary>
public sealed class MongoHealthArchive : IHealthArchive, IDisposable
{
    private readonly MongoOptions _options;
    private readonly MongoLink _link;

    public MongoHealthArchive(MongoOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _link = new MongoLink(options, logger);
    }

    public async Task StoreAsync(ArchiveBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _link.ConnectAsync(cancellationToken);
        try
        {
            var session = await _link.SessionAsync(cancellationToken);
            await _link.InsertOnceAsync(_options.HealthChecks, [.. batch.Results.Select(HealthDocument.Of)], cancellationToken);
            await PutAsync(session, _options.HealthRollUps, [.. batch.RollUps.Select(HealthDocument.Of)], cancellationToken);
            await PutAsync(session, _options.HealthIncidents, [.. batch.Incidents.Select(x => HealthDocument.Of(x, _options.BeaconId))], cancellationToken);
        }
        catch (Exception error) when (error is MongoException or TimeoutException)
        {
            throw _link.Explain(error);
        }
    }

    public void Dispose() => _link.Dispose();

    private async Task PutAsync(
        IClientSessionHandle session, string collection, List<BsonDocument> documents, CancellationToken cancellationToken)
    {
        if (documents.Count > 0)
        {
            await Collection(collection).BulkWriteAsync(
                session, documents.Select(Put), new BulkWriteOptions { IsOrdered = false }, cancellationToken);
        }
    }

    private static UpdateOneModel<BsonDocument> Put(BsonDocument document)
    {
        var filter = new BsonDocument(Field.Id, document[Field.Id]);
        document.Remove(Field.Id);
        return new UpdateOneModel<BsonDocument>(
            new BsonDocumentFilterDefinition<BsonDocument>(filter),
            new BsonDocumentUpdateDefinition<BsonDocument>(new BsonDocument("$set", document)))
        {
            IsUpsert = true,
        };
    }

    private IMongoCollection<BsonDocument> Collection(string name) => _link.Database.GetCollection<BsonDocument>(name);
}
