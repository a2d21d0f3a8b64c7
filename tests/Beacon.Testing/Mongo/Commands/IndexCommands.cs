using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>createIndexes, listIndexes, dropIndexes, listCollections, drop. Creating what is there already does nothing; making a collection by an index is allowed.</summary>
internal static class IndexCommands
{
    public static BsonDocument Create(MongoConnection connection, WireMessage request)
    {
        var data = connection.Server.Data;
        var ns = Namespace(request);
        var created = data.Find(ns) is null;
        var before = data.Get(ns).Indexes.Count;
        foreach (var index in request.Body["indexes"].AsBsonArray)
        {
            data.AddIndex(ns, index.AsBsonDocument);
        }

        return new BsonDocument
        {
            { "numIndexesBefore", before }, { "numIndexesAfter", data.Get(ns).Indexes.Count }, { "createdCollectionAutomatically", created },
        };
    }

    public static BsonDocument List(MongoConnection connection, WireMessage request)
    {
        var ns = Namespace(request);
        var collection = connection.Server.Data.Find(ns) ?? throw new CommandException(26, "NamespaceNotFound", $"ns does not exist: {ns}");
        return ReadCommands.FirstAnswer(connection, ns, new(collection.Indexes.Select(x => x.Specification)), int.MaxValue, isOnly: true);
    }

    public static BsonDocument Drop(MongoConnection connection, WireMessage request)
    {
        connection.Server.Data.DropIndex(Namespace(request), request.Body["index"].AsString);
        return [];
    }

    public static BsonDocument ListCollections(MongoConnection connection, WireMessage request)
    {
        var prefix = request.Database + ".";
        var names = connection.Server.Data.Collections.Select(x => x.Namespace).Where(x => x.StartsWith(prefix, StringComparison.Ordinal))
            .Select(x => new BsonDocument { { "name", x[prefix.Length..] }, { "type", "collection" } });
        return ReadCommands.FirstAnswer(connection, prefix + "$cmd.listCollections", new(names), int.MaxValue, isOnly: true);
    }

    public static BsonDocument DropCollection(MongoConnection connection, WireMessage request)
    {
        connection.Server.Data.Drop(Namespace(request));
        return [];
    }

    private static string Namespace(WireMessage request) => $"{request.Database}.{request.Body[0].AsString}";
}
