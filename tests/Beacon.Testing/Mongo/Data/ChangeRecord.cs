using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>One change as a change stream tells it.</summary>
/// <param name="Sequence">Rises by one; the resume token is made of it.</param>
/// <param name="Operation">insert, update, delete or drop.</param>
/// <param name="Document">After the change; null when there is none.</param>
internal sealed record ChangeRecord(long Sequence, string Operation, string Namespace, BsonValue Id, BsonDocument? Document)
{
    public BsonDocument ToEvent()
    {
        var dot = Namespace.IndexOf('.', StringComparison.Ordinal);
        var change = new BsonDocument
        {
            { "_id", Token(Sequence) },
            { "operationType", Operation == "update" ? "replace" : Operation },
            { "ns", new BsonDocument { { "db", Namespace[..dot] }, { "coll", Namespace[(dot + 1)..] } } },
        };
        if (Operation != "drop")
        {
            change["documentKey"] = new BsonDocument("_id", Id);
        }

        if (Document is not null)
        {
            change["fullDocument"] = Document.DeepClone();
        }

        return change;
    }

    public static BsonDocument Token(long sequence) => new("_data", sequence.ToString("X16", System.Globalization.CultureInfo.InvariantCulture));

    public static long Sequenced(BsonDocument token) => Convert.ToInt64(token["_data"].AsString, 16);
}
