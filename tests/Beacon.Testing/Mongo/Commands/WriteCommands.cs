using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>
/// insert, update, delete (manual "Query and Write Operation Commands"). Each statement stands for itself: one that fails leaves the
/// others' effect, and with <c>ordered</c> (the default) ends the command. Errors of statements are in <c>writeErrors</c>, by index.
/// </summary>
internal static class WriteCommands
{
    public static BsonDocument Insert(MongoConnection connection, WireMessage request) =>
        Run(connection, request, "documents", (ns, document) =>
        {
            if (!document.Contains("_id"))
            {
                document.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
            }

            connection.Server.Data.Insert(ns, document);
            return new BsonDocument("n", 1);
        });

    public static BsonDocument Update(MongoConnection connection, WireMessage request) =>
        Run(connection, request, "updates", (ns, statement) => UpdateOne(connection.Server, ns, statement));

    public static BsonDocument Delete(MongoConnection connection, WireMessage request) =>
        Run(connection, request, "deletes", (ns, statement) =>
        {
            var found = connection.Server.Data.Get(ns).Find(statement["q"].AsBsonDocument).ToList();
            if (statement["limit"].ToInt32() == 1)
            {
                found = [.. found.Take(1)];
            }

            found.ForEach(document => connection.Server.Data.Remove(ns, document));
            return new BsonDocument("n", found.Count);
        });

    private static BsonDocument UpdateOne(MongoTestServer server, string ns, BsonDocument statement)
    {
        var filter = statement["q"].AsBsonDocument;
        if (statement["u"] is not BsonDocument update)
        {
            throw new CommandException(9, "FailedToParse", "this test server knows no pipeline updates");
        }

        var found = server.Data.Get(ns).Find(filter).ToList();
        if (!statement.GetValue("multi", false).ToBoolean())
        {
            found = [.. found.Take(1)];
        }

        if (found.Count == 0 && statement.GetValue("upsert", false).ToBoolean())
        {
            var fresh = Updater.Apply(Updater.Seed(filter), update, isInsert: true, server.Now);
            if (!fresh.Contains("_id"))
            {
                fresh.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
            }

            server.Data.Insert(ns, fresh);
            return new BsonDocument { { "n", 1 }, { "nModified", 0 }, { "upserted", fresh["_id"] } };
        }

        var modified = 0;
        foreach (var old in found)
        {
            var fresh = Updater.Apply(old, update, isInsert: false, server.Now);
            modified += fresh == old ? 0 : 1;
            server.Data.Replace(ns, old, fresh);
        }

        return new BsonDocument { { "n", found.Count }, { "nModified", modified } };
    }

    private static BsonDocument Run(MongoConnection connection, WireMessage request, string list, Func<string, BsonDocument, BsonDocument> statement)
    {
        var body = request.Body;
        var ns = $"{request.Database}.{body[0].AsString}";
        var done = connection.Server.Retried.Enter(connection.Server, body);
        var isOrdered = body.GetValue("ordered", true).ToBoolean();
        var errors = new BsonArray();
        var upserted = new BsonArray();
        int n = 0, modified = 0, index = 0;
        foreach (var item in body[list].AsBsonArray)
        {
            if (done is null || !done.TryGetValue(index, out var effect))
            {
                try
                {
                    effect = statement(ns, (BsonDocument)item.AsBsonDocument.DeepClone());
                    done?.Add(index, effect);
                }
                catch (CommandException error)
                {
                    errors.Add(new BsonDocument { { "index", index }, { "code", error.Code }, { "errmsg", error.Message } }.Merge(error.Details));
                    if (isOrdered)
                    {
                        break;
                    }

                    index++;
                    continue;
                }
            }

            n += effect["n"].AsInt32;
            modified += effect.GetValue("nModified", 0).AsInt32;
            if (effect.TryGetValue("upserted", out var id))
            {
                upserted.Add(new BsonDocument { { "index", index }, { "_id", id } });
            }

            index++;
        }

        var answer = new BsonDocument("n", n);
        if (list == "updates")
        {
            answer["nModified"] = modified;
        }

        if (upserted.Count > 0)
        {
            answer["upserted"] = upserted;
        }

        if (errors.Count > 0)
        {
            answer["writeErrors"] = errors;
        }

        return answer;
    }
}
