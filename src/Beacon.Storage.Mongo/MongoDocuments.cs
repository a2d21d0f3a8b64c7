using System.Runtime.CompilerServices;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo;

/// <summary>Reading documents without building the whole answer in memory.</summary>
internal static class MongoDocuments
{
    private const int BatchSize = 1000;

    public static async IAsyncEnumerable<BsonDocument> FindAsync(
        IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument? projection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new FindOptions<BsonDocument, BsonDocument> { BatchSize = BatchSize, Projection = projection };
        using var cursor = await collection.FindAsync(new BsonDocumentFilterDefinition<BsonDocument>(filter), options, cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            foreach (var document in cursor.Current)
            {
                yield return document;
            }
        }
    }
}
