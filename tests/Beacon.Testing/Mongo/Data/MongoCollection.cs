using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>Documents in insertion order, and their indexes. Callers hold the store's lock.</summary>
internal sealed class MongoCollection
{
    private readonly SortedDictionary<long, BsonDocument> _documents = [];
    private readonly Dictionary<BsonDocument, long> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<MongoIndex> _indexes = [];
    private long _next;

    public MongoCollection(string ns)
    {
        Namespace = ns;
        _indexes.Add(new MongoIndex(new BsonDocument { { "v", 2 }, { "key", new BsonDocument("_id", 1) }, { "name", "_id_" } }));
    }

    public string Namespace { get; }

    public IReadOnlyList<MongoIndex> Indexes => _indexes;

    public IEnumerable<BsonDocument> Documents => _documents.Values;

    public int Count => _documents.Count;

    public IEnumerable<BsonDocument> Find(BsonDocument filter) => Candidates(filter).Where(x => Matcher.Matches(x, filter));

    public void Insert(BsonDocument document)
    {
        foreach (var index in _indexes)
        {
            index.RequireFree(Namespace, document, null);
        }

        Put(_next++, document);
    }

    public void Replace(BsonDocument old, BsonDocument fresh)
    {
        foreach (var index in _indexes)
        {
            index.RequireFree(Namespace, fresh, old);
        }

        var place = _places[old];
        Remove(old);
        Put(place, fresh);
    }

    public void Remove(BsonDocument document)
    {
        foreach (var index in _indexes)
        {
            index.Remove(document);
        }

        _places.Remove(document, out var place);
        _documents.Remove(place);
    }

    /// <summary>True when it was not there yet.</summary>
    /// <exception cref="CommandException">85, 86: there is another under that name or key; 11000: the documents are not unique.</exception>
    public bool AddIndex(BsonDocument specification)
    {
        var name = specification["name"].AsString;
        if (_indexes.Find(x => x.Name == name || x.Key == specification["key"]) is { } known)
        {
            if (known.IsSameAs(specification) && known.Name == name)
            {
                return false;
            }

            throw known.Key == specification["key"]
                ? new CommandException(85, "IndexOptionsConflict", $"An equivalent index already exists with the same name but different options: {name}")
                : new CommandException(86, "IndexKeySpecsConflict", $"An existing index has the same name as the requested index: {name}");
        }

        var index = new MongoIndex(specification);
        foreach (var document in _documents.Values)
        {
            index.RequireFree(Namespace, document, null);
            index.Add(document);
        }

        _indexes.Add(index);
        return true;
    }

    public void DropIndex(string name)
    {
        if (_indexes.RemoveAll(x => x.Name == name && name != "_id_") == 0)
        {
            throw new CommandException(27, "IndexNotFound", $"index not found with name [{name}]");
        }
    }

    private void Put(long place, BsonDocument document)
    {
        _documents[place] = document;
        _places[document] = place;
        foreach (var index in _indexes)
        {
            index.Add(document);
        }
    }

    /// <summary>By an index whose first field the filter pins; else everything.</summary>
    private IReadOnlyList<BsonDocument> Candidates(BsonDocument filter)
    {
        foreach (var index in _indexes)
        {
            if (!filter.TryGetValue(index.FirstField, out var pinned))
            {
                continue;
            }

            if (pinned is not BsonDocument)
            {
                return [.. index.Find(pinned)];
            }

            if (pinned.AsBsonDocument.TryGetValue("$in", out var any))
            {
                return [.. any.AsBsonArray.Distinct().SelectMany(index.Find)];
            }
        }

        return [.. _documents.Values];
    }
}
