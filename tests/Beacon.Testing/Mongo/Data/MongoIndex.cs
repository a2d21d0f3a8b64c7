using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>One index: keeps keys unique when it is so, and finds documents by its first field.</summary>
internal sealed class MongoIndex(BsonDocument specification)
{
    private readonly Dictionary<BsonValue, HashSet<BsonDocument>> _byFirst = [];
    private readonly Dictionary<BsonValue, BsonDocument> _byKey = [];
    private readonly string[] _fields = [.. specification["key"].AsBsonDocument.Names];

    public BsonDocument Specification { get; } = specification;

    public string Name { get; } = specification["name"].AsString;

    public BsonDocument Key { get; } = specification["key"].AsBsonDocument;

    public bool IsUnique { get; } = specification.GetValue("unique", false).ToBoolean() || specification["name"] == "_id_";

    /// <summary>Null: documents do not end by time.</summary>
    public double? ExpireAfterSeconds { get; } = specification.TryGetValue("expireAfterSeconds", out var seconds) ? seconds.ToDouble() : null;

    public string FirstField => _fields[0];

    public bool IsSameAs(BsonDocument other) =>
        Key == other["key"] && IsUnique == other.GetValue("unique", false).ToBoolean()
        && ExpireAfterSeconds == (other.TryGetValue("expireAfterSeconds", out var seconds) ? seconds.ToDouble() : null);

    /// <exception cref="CommandException">11000: another document has that key.</exception>
    public void RequireFree(string ns, BsonDocument document, BsonDocument? except)
    {
        if (IsUnique && _byKey.TryGetValue(KeyOf(document), out var holder) && !ReferenceEquals(holder, except))
        {
            throw CommandException.Duplicate(ns, Name, Key, new BsonDocument(_fields.Select(x => new BsonElement(x, Value(document, x)))));
        }
    }

    public void Add(BsonDocument document)
    {
        if (IsUnique)
        {
            _byKey[KeyOf(document)] = document;
        }

        var first = Value(document, FirstField);
        if (!_byFirst.TryGetValue(first, out var group))
        {
            _byFirst[first] = group = new HashSet<BsonDocument>(ReferenceEqualityComparer.Instance);
        }

        group.Add(document);
    }

    public void Remove(BsonDocument document)
    {
        if (IsUnique)
        {
            _byKey.Remove(KeyOf(document));
        }

        var first = Value(document, FirstField);
        if (_byFirst.TryGetValue(first, out var group) && group.Remove(document) && group.Count == 0)
        {
            _byFirst.Remove(first);
        }
    }

    public IEnumerable<BsonDocument> Find(BsonValue first) => _byFirst.TryGetValue(first, out var group) ? group : [];

    private BsonArray KeyOf(BsonDocument document) => [.. _fields.Select(x => Value(document, x))];

    /// <summary>A missing field is indexed as null.</summary>
    private static BsonValue Value(BsonDocument document, string field) => document.GetValue(field, BsonNull.Value);
}
