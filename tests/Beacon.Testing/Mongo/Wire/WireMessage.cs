using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Wire;

/// <summary>One request as the client framed it; the answer must be framed alike.</summary>
/// <param name="Body">The command; document sequences (OP_MSG section kind 1) are arrays in it, as the specification says to treat them.</param>
/// <param name="IsLegacy">Came as OP_QUERY, which only the first hello of a connection still does.</param>
/// <param name="WantsReply">False with the flag moreToCome: an unacknowledged write.</param>
internal sealed record WireMessage(int RequestId, BsonDocument Body, bool IsLegacy, bool WantsReply)
{
    public string Command => Body.GetElement(0).Name;

    public string Database => Body.TryGetValue("$db", out var name) ? name.AsString : "admin";
}
