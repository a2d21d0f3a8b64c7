using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Data;

/// <summary>Everything the server holds: collections by namespace, the log of changes, and the file behind them. Lock <see cref="Gate"/>.</summary>
internal sealed class MongoData : IDisposable
{
    /// <summary>Changes kept for change streams to resume from.</summary>
    private const int MostChanges = 100_000;

    private readonly Dictionary<string, MongoCollection> _collections = [];
    private readonly List<ChangeRecord> _changes = [];
    private readonly MongoJournal? _journal;
    private long _sequence;

    public MongoData(string? file) => _journal = file is null ? null : MongoJournal.Open(file, Replay);

    public Lock Gate { get; } = new();

    /// <summary>Completed, and replaced, at each change: what a change stream waits for.</summary>
    public TaskCompletionSource Changed { get; private set; } = New();

    public IEnumerable<MongoCollection> Collections => _collections.Values;

    public long LastChange => _sequence;

    public long FirstChange => _changes.Count > 0 ? _changes[0].Sequence : _sequence + 1;

    public MongoCollection? Find(string ns) => _collections.GetValueOrDefault(ns);

    public MongoCollection Get(string ns)
    {
        if (!_collections.TryGetValue(ns, out var collection))
        {
            _collections[ns] = collection = new MongoCollection(ns);
        }

        return collection;
    }

    public IEnumerable<ChangeRecord> ChangesAfter(long sequence) => _changes.SkipWhile(x => x.Sequence <= sequence);

    public void Insert(string ns, BsonDocument document)
    {
        Get(ns).Insert(document);
        Log("insert", ns, document["_id"], document);
    }

    public void Replace(string ns, BsonDocument old, BsonDocument fresh)
    {
        if (old == fresh)
        {
            return;
        }

        Get(ns).Replace(old, fresh);
        Log("update", ns, fresh["_id"], fresh);
    }

    public void Remove(string ns, BsonDocument document)
    {
        Get(ns).Remove(document);
        Log("delete", ns, document["_id"], null);
    }

    public bool AddIndex(string ns, BsonDocument specification)
    {
        var added = Get(ns).AddIndex(specification);
        if (added)
        {
            _journal?.Append(new BsonDocument { { "o", "index" }, { "ns", ns }, { "d", specification } });
        }

        return added;
    }

    public void DropIndex(string ns, string name)
    {
        Get(ns).DropIndex(name);
        _journal?.Append(new BsonDocument { { "o", "dropIndex" }, { "ns", ns }, { "d", name } });
    }

    public void Drop(string ns)
    {
        if (_collections.Remove(ns))
        {
            _journal?.Append(new BsonDocument { { "o", "drop" }, { "ns", ns } });
            Tell(new ChangeRecord(++_sequence, "drop", ns, BsonNull.Value, null));
        }
    }

    /// <summary>Documents whose TTL index says that their time is over; mongod looks once a minute.</summary>
    public int ExpireDocuments(DateTime now)
    {
        var expired = (from collection in _collections.Values
                       from index in collection.Indexes
                       where index.ExpireAfterSeconds is not null
                       from document in collection.Documents
                       where document.GetValue(index.FirstField, BsonNull.Value) is BsonDateTime at
                           && at.ToUniversalTime().AddSeconds(index.ExpireAfterSeconds!.Value) <= now
                       select (collection.Namespace, document)).ToList();
        foreach (var (ns, document) in expired)
        {
            Remove(ns, document);
        }

        Commit();
        return expired.Count;
    }

    public void Commit() => _journal?.Commit();

    public void Dispose() => _journal?.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Log(string operation, string ns, BsonValue id, BsonDocument? document)
    {
        if (_journal is not null)
        {
            var record = new BsonDocument { { "o", operation }, { "ns", ns }, { "id", id } };
            if (document is not null)
            {
                record["d"] = document;
            }

            _journal.Append(record);
        }

        Tell(new ChangeRecord(++_sequence, operation, ns, id, document));
    }

    private void Tell(ChangeRecord change)
    {
        _changes.Add(change);
        if (_changes.Count > MostChanges)
        {
            _changes.RemoveRange(0, MostChanges / 10);
        }

        var told = Changed;
        Changed = New();
        told.TrySetResult();
    }

    private void Replay(BsonDocument record)
    {
        var ns = record["ns"].AsString;
        var collection = Get(ns);
        switch (record["o"].AsString)
        {
            case "insert":
                collection.Insert(record["d"].AsBsonDocument);
                break;
            case "update":
                collection.Replace(collection.Find(new BsonDocument("_id", record["id"])).Single(), record["d"].AsBsonDocument);
                break;
            case "delete":
                collection.Remove(collection.Find(new BsonDocument("_id", record["id"])).Single());
                break;
            case "index":
                collection.AddIndex(record["d"].AsBsonDocument);
                break;
            case "dropIndex":
                collection.DropIndex(record["d"].AsString);
                break;
            default:
                _collections.Remove(ns);
                break;
        }
    }
}
