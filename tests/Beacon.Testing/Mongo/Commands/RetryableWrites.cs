using Beacon.Testing.Mongo.Data;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>
/// What each session's newest transaction number did, statement by statement (specification "retryable-writes"): a statement that comes
/// again is answered from here and not carried out again, and an older number is refused. Callers hold the data's lock.
/// </summary>
internal sealed class RetryableWrites
{
    private readonly Dictionary<BsonValue, (long Number, Dictionary<int, BsonDocument> Done)> _sessions = [];

    /// <summary>Null when the command carries no transaction number.</summary>
    public Dictionary<int, BsonDocument>? Enter(MongoTestServer server, BsonDocument command)
    {
        if (!command.TryGetValue("txnNumber", out var number))
        {
            return null;
        }

        if (server.Options.ReplicaSet is null)
        {
            throw new CommandException(20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
        }

        var session = command["lsid"].AsBsonDocument["id"];
        var (newest, done) = _sessions.GetValueOrDefault(session, (-1, []));
        if (number.ToInt64() < newest)
        {
            throw new CommandException(225, "TransactionTooOld", $"Cannot start transaction {number} on session because a newer transaction {newest} has already started.");
        }

        if (number.ToInt64() > newest)
        {
            done = [];
            _sessions[session] = (number.ToInt64(), done);
        }

        return done;
    }
}
