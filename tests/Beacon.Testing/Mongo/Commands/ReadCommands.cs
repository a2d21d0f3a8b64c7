using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>find, count, killCursors. A first batch holds 101 documents unless asked otherwise (manual "Cursor Batches").</summary>
internal static class ReadCommands
{
    private const int FirstBatch = 101;

    public static BsonDocument Find(MongoConnection connection, WireMessage request)
    {
        var body = request.Body;
        var ns = $"{request.Database}.{body["find"].AsString}";
        IEnumerable<BsonDocument> found = connection.Server.Data.Find(ns)?.Find(body.GetValue("filter", new BsonDocument()).AsBsonDocument) ?? [];
        if (body.TryGetValue("sort", out var sort))
        {
            found = Sort(found, sort.AsBsonDocument);
        }

        found = found.Skip(body.GetValue("skip", 0).ToInt32());
        if (body.GetValue("limit", 0).ToInt32() is var limit and > 0)
        {
            found = found.Take(limit);
        }

        var projection = body.TryGetValue("projection", out var wanted) ? wanted.AsBsonDocument : null;
        var rest = new Queue<BsonDocument>(found.Select(x => Project(x, projection)));
        return FirstAnswer(connection, ns, rest, body.GetValue("batchSize", FirstBatch).ToInt32(), body.GetValue("singleBatch", false).ToBoolean());
    }

    public static BsonDocument FirstAnswer(MongoConnection connection, string ns, Queue<BsonDocument> rest, int size, bool isOnly)
    {
        var batch = Take(rest, size);
        var id = rest.Count == 0 || isOnly ? 0 : connection.Server.Cursors.Open(new Cursors.Cursor(ns, rest));
        return new BsonDocument("cursor", new BsonDocument { { "firstBatch", batch }, { "id", id }, { "ns", ns } });
    }

    public static BsonArray Take(Queue<BsonDocument> rest, int size)
    {
        var batch = new BsonArray();
        while (batch.Count < size && rest.TryDequeue(out var document))
        {
            batch.Add(document);
        }

        return batch;
    }

    public static BsonDocument KillCursors(MongoConnection connection, WireMessage request) => new()
    {
        { "cursorsKilled", new BsonArray(request.Body["cursors"].AsBsonArray.Where(x => connection.Server.Cursors.Close(x.ToInt64()))) },
        { "cursorsNotFound", new BsonArray() },
        { "cursorsAlive", new BsonArray() },
        { "cursorsUnknown", new BsonArray() },
    };

    public static BsonDocument Count(MongoConnection connection, WireMessage request)
    {
        var found = connection.Server.Data.Find($"{request.Database}.{request.Body["count"].AsString}");
        return new BsonDocument("n", found?.Find(request.Body.GetValue("query", new BsonDocument()).AsBsonDocument).Count() ?? 0);
    }

    public static IEnumerable<BsonDocument> Sort(IEnumerable<BsonDocument> documents, BsonDocument by)
    {
        IOrderedEnumerable<BsonDocument>? sorted = null;
        foreach (var field in by)
        {
            BsonValue Key(BsonDocument document) => document.GetValue(field.Name, BsonNull.Value);
            var isUp = field.Value.ToInt32() > 0;
            sorted = sorted is null
                ? (isUp ? documents.OrderBy(Key) : documents.OrderByDescending(Key))
                : (isUp ? sorted.ThenBy(Key) : sorted.ThenByDescending(Key));
        }

        return sorted ?? documents;
    }

    /// <summary>Inclusion of top-level fields, with _id unless it is ruled out; exclusion is not used here and not known.</summary>
    private static BsonDocument Project(BsonDocument document, BsonDocument? wanted)
    {
        if (wanted is null || wanted.ElementCount == 0)
        {
            return (BsonDocument)document.DeepClone();
        }

        if (wanted.Any(x => x.Name != "_id" && !x.Value.ToBoolean()))
        {
            throw new CommandException(9, "FailedToParse", "this test server knows no excluding projections");
        }

        var withId = wanted.GetValue("_id", true).ToBoolean();
        return new BsonDocument(document.Where(x => x.Name == "_id" ? withId : wanted.Contains(x.Name)).Select(x => x.DeepClone()));
    }
}
