using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>What a server says of itself (specification "mongodb-handshake", "server-discovery-and-monitoring").</summary>
internal static class ServerCommands
{
    /// <summary>Without topologyVersion: a driver then asks at intervals instead of waiting for pushed answers.</summary>
    public static BsonDocument Hello(MongoConnection connection, WireMessage request)
    {
        var server = connection.Server;
        var answer = new BsonDocument
        {
            { "isWritablePrimary", server.IsPrimary },
            { "ismaster", server.IsPrimary },
            { "helloOk", true },
            { "maxBsonObjectSize", 16 * 1024 * 1024 },
            { "maxMessageSizeBytes", WireCodec.MaxMessage },
            { "maxWriteBatchSize", 100_000 },
            { "localTime", server.Now },
            { "logicalSessionTimeoutMinutes", 30 },
            { "connectionId", 1 },
            { "minWireVersion", server.Options.MinWireVersion },
            { "maxWireVersion", server.Options.MaxWireVersion },
            { "readOnly", false },
        };
        if (server.Options.ReplicaSet is { } name)
        {
            answer["setName"] = name;
            answer["setVersion"] = 1;
            answer["secondary"] = !server.IsPrimary;
            answer["hosts"] = new BsonArray { server.Address };
            answer["me"] = server.Address;
            if (server.IsPrimary)
            {
                answer["primary"] = server.Address;
                answer["electionId"] = ObjectId.Parse("7fffffff0000000000000001");
            }
        }

        // As a server that knows them all: a driver that asked for one sends OP_COMPRESSED from here on, which nobody here reads.
        if (request.Body.TryGetValue("compression", out var compressors) && compressors.AsBsonArray.Count > 0)
        {
            answer["compression"] = compressors;
        }

        // Asked for with the user's name, to choose a mechanism by (specification "auth").
        if (request.Body.TryGetValue("saslSupportedMechs", out var user) && AuthenticationCommands.PasswordOf(server, user.AsString) is not null)
        {
            answer["saslSupportedMechs"] = new BsonArray(server.Options.Mechanisms);
        }

        return answer;
    }

    public static BsonDocument BuildInfo(MongoConnection connection, WireMessage request) => new()
    {
        { "version", connection.Server.Options.MaxWireVersion switch { >= 25 => "8.0.0", >= 21 => "7.0.0", >= 17 => "6.0.0", >= 13 => "5.0.0", _ => "4.4.0" } },
        { "gitVersion", "beacon-test-server" },
        { "maxBsonObjectSize", 16 * 1024 * 1024 },
    };
}
