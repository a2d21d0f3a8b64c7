using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>The commands there are. Any other is 59 CommandNotFound.</summary>
internal static class CommandTable
{
    private delegate BsonDocument Command(MongoConnection connection, WireMessage request);

    private static readonly Dictionary<string, Command> Commands = new()
    {
        ["hello"] = ServerCommands.Hello,
        ["isMaster"] = ServerCommands.Hello,
        ["ismaster"] = ServerCommands.Hello,
        ["ping"] = (_, _) => [],
        ["buildInfo"] = ServerCommands.BuildInfo,
        ["buildinfo"] = ServerCommands.BuildInfo,
        ["endSessions"] = (_, _) => [],
        ["saslStart"] = AuthenticationCommands.Start,
        ["saslContinue"] = AuthenticationCommands.Continue,
        ["insert"] = WriteCommands.Insert,
        ["update"] = WriteCommands.Update,
        ["delete"] = WriteCommands.Delete,
        ["find"] = ReadCommands.Find,
        ["killCursors"] = ReadCommands.KillCursors,
        ["count"] = ReadCommands.Count,
        ["createIndexes"] = IndexCommands.Create,
        ["listIndexes"] = IndexCommands.List,
        ["dropIndexes"] = IndexCommands.Drop,
        ["listCollections"] = IndexCommands.ListCollections,
        ["drop"] = IndexCommands.DropCollection,
    };

    private static readonly HashSet<string> Writes = ["insert", "update", "delete", "createIndexes", "dropIndexes", "drop"];

    public static async Task<BsonDocument> RunAsync(MongoConnection connection, WireMessage request, CancellationToken stopped)
    {
        if (request.Command is "aggregate")
        {
            return ChangeStreamCommands.Aggregate(connection, request);
        }

        if (request.Command is "getMore")
        {
            return await ChangeStreamCommands.GetMoreAsync(connection, request, stopped);
        }

        if (!Commands.TryGetValue(request.Command, out var command))
        {
            throw new CommandException(59, "CommandNotFound", $"no such command: '{request.Command}'");
        }

        if (Writes.Contains(request.Command) && !connection.Server.IsPrimary)
        {
            throw new CommandException(10107, "NotWritablePrimary", "not primary");
        }

        var data = connection.Server.Data;
        lock (data.Gate)
        {
            var answer = command(connection, request);
            data.Commit();
            return answer;
        }
    }
}
