using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>
/// aggregate and getMore. Pipelines: $match, $project is not known, $count, $limit, $sort; or a change stream with resumeAfter or
/// startAfter, followed by $match (specification "change-streams"): a getMore without news waits for maxTimeMS and carries
/// postBatchResumeToken either way. A token older than what is remembered is 286 ChangeStreamHistoryLost.
/// </summary>
internal static class ChangeStreamCommands
{
    private const int LongestWait = 1000;

    public static BsonDocument Aggregate(MongoConnection connection, WireMessage request)
    {
        var data = connection.Server.Data;
        var stages = request.Body["pipeline"].AsBsonArray.Select(x => x.AsBsonDocument.GetElement(0)).ToList();
        var ns = request.Body["aggregate"].IsString ? $"{request.Database}.{request.Body["aggregate"].AsString}" : $"{request.Database}.$cmd.aggregate";
        lock (data.Gate)
        {
            if (stages.Count > 0 && stages[0].Name == "$changeStream")
            {
                return Watch(connection, ns, stages);
            }

            var documents = stages.Aggregate(data.Find(ns)?.Documents ?? [], Stage);
            return ReadCommands.FirstAnswer(connection, ns, new(documents.Select(x => (BsonDocument)x.DeepClone())), int.MaxValue, isOnly: true);
        }
    }

    public static async Task<BsonDocument> GetMoreAsync(MongoConnection connection, WireMessage request, CancellationToken stopped)
    {
        var id = request.Body["getMore"].ToInt64();
        var cursor = connection.Server.Cursors.Find(id) ?? throw new CommandException(43, "CursorNotFound", $"cursor id {id} not found");
        var size = request.Body.GetValue("batchSize", int.MaxValue).ToInt32();
        if (cursor.Rest is { } rest)
        {
            var batch = ReadCommands.Take(rest, size);
            var next = rest.Count == 0 && connection.Server.Cursors.Close(id) ? 0 : id;
            return new BsonDocument("cursor", new BsonDocument { { "nextBatch", batch }, { "id", next }, { "ns", cursor.Namespace } });
        }

        var data = connection.Server.Data;
        var wait = Task.Delay(request.Body.GetValue("maxTimeMS", LongestWait).ToInt32(), stopped);
        while (true)
        {
            Task changed;
            lock (data.Gate)
            {
                var news = Collect(data, cursor, size);
                if (news.Count > 0 || wait.IsCompleted)
                {
                    return StreamAnswer(cursor, id, "nextBatch", news);
                }

                changed = data.Changed.Task;
            }

            await Task.WhenAny(changed, wait);
            stopped.ThrowIfCancellationRequested();
        }
    }

    private static BsonDocument Watch(MongoConnection connection, string ns, List<BsonElement> stages)
    {
        if (connection.Server.Options.ReplicaSet is null)
        {
            throw new CommandException(40573, "Location40573", "The $changeStream stage is only supported on replica sets");
        }

        var data = connection.Server.Data;
        var options = stages[0].Value.AsBsonDocument;
        var from = data.LastChange;
        if (options.TryGetValue("resumeAfter", out var token) || options.TryGetValue("startAfter", out token))
        {
            from = ChangeRecord.Sequenced(token.AsBsonDocument);
            if (from + 1 < data.FirstChange)
            {
                throw new CommandException(286, "ChangeStreamHistoryLost", "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
            }
        }

        var filters = stages.Skip(1).Select(x => x.Name == "$match" ? x.Value.AsBsonDocument : throw Unknown(x.Name)).ToList();
        var isWhole = ns.EndsWith(".$cmd.aggregate", StringComparison.Ordinal);
        var database = ns[..(ns.IndexOf('.', StringComparison.Ordinal) + 1)];
        var cursor = new Cursors.Cursor(ns, null)
        {
            Position = from,
            Wants = change => filters.All(x => Matcher.Matches(change, x))
                && (isWhole
                    ? change["ns"]["db"] + "." == database
                    : $"{change["ns"]["db"]}.{change["ns"]["coll"]}" == ns),
        };
        return StreamAnswer(cursor, connection.Server.Cursors.Open(cursor), "firstBatch", []);
    }

    private static BsonArray Collect(MongoData data, Cursors.Cursor cursor, int size)
    {
        var news = new BsonArray();
        foreach (var change in data.ChangesAfter(cursor.Position))
        {
            if (news.Count == size)
            {
                break;
            }

            cursor.Position = change.Sequence;
            var told = change.ToEvent();
            if (cursor.Wants(told))
            {
                news.Add(told);
            }
        }

        return news;
    }

    private static BsonDocument StreamAnswer(Cursors.Cursor cursor, long id, string batch, BsonArray news) => new(
        "cursor",
        new BsonDocument { { batch, news }, { "id", id }, { "ns", cursor.Namespace }, { "postBatchResumeToken", ChangeRecord.Token(cursor.Position) } });

    private static IEnumerable<BsonDocument> Stage(IEnumerable<BsonDocument> documents, BsonElement stage) => stage.Name switch
    {
        "$match" => documents.Where(x => Matcher.Matches(x, stage.Value.AsBsonDocument)),
        "$sort" => ReadCommands.Sort(documents, stage.Value.AsBsonDocument),
        "$limit" => documents.Take(stage.Value.ToInt32()),
        "$count" => documents.Any() ? [new BsonDocument(stage.Value.AsString, documents.Count())] : [],
        _ => throw Unknown(stage.Name),
    };

    private static CommandException Unknown(string stage) => new(40324, "Location40324", $"Unrecognized pipeline stage name: '{stage}'");
}
