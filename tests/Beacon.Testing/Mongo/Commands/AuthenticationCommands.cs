using System.Text;
using Beacon.Testing.Mongo.Data;
using Beacon.Testing.Mongo.Wire;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>saslStart and saslContinue with SCRAM (specification "auth"). A user belongs to the database it was made in.</summary>
internal static class AuthenticationCommands
{
    public static BsonDocument Start(MongoConnection connection, WireMessage request)
    {
        var mechanism = request.Body["mechanism"].AsString;
        if (!connection.Server.Options.Mechanisms.Contains(mechanism))
        {
            throw new CommandException(334, "MechanismUnavailable", $"Unsupported mechanism \"{mechanism}\"");
        }

        connection.Exchange = new ScramExchange(mechanism, user => PasswordOf(connection.Server, $"{request.Database}.{user}"));
        return Step(connection, request, done: false, connection.Exchange.First);
    }

    public static BsonDocument Continue(MongoConnection connection, WireMessage request)
    {
        if (connection.Exchange is not { } exchange)
        {
            throw new CommandException(17, "ProtocolError", "No SASL session state found");
        }

        var answer = Step(connection, request, done: true, exchange.Final);
        connection.IsAuthenticated = true;
        connection.Exchange = null;
        return answer;
    }

    /// <param name="user">"database.name".</param>
    public static string? PasswordOf(MongoTestServer server, string user)
    {
        var dot = user.IndexOf('.', StringComparison.Ordinal);
        return server.Options.Users.GetValueOrDefault($"{user[..dot]}/{user[(dot + 1)..]}");
    }

    private static BsonDocument Step(MongoConnection connection, WireMessage request, bool done, Func<string, string> step)
    {
        try
        {
            var payload = Encoding.UTF8.GetString(request.Body["payload"].AsByteArray);
            return new BsonDocument { { "conversationId", 1 }, { "done", done }, { "payload", Encoding.UTF8.GetBytes(step(payload)) } };
        }
        catch (Exception error) when (error is UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            connection.Exchange = null;
            throw new CommandException(18, "AuthenticationFailed", "Authentication failed.");
        }
    }
}
