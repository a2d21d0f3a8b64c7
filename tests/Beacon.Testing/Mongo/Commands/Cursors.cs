using System.Collections.Concurrent;
using MongoDB.Bson;

namespace Beacon.Testing.Mongo.Commands;

/// <summary>Open cursors: what is left of a result, or where a change stream stands.</summary>
internal sealed class Cursors
{
    private readonly ConcurrentDictionary<long, Cursor> _open = new();
    private long _last = 1000;

    public long Open(Cursor cursor)
    {
        var id = Interlocked.Increment(ref _last);
        _open[id] = cursor;
        return id;
    }

    public Cursor? Find(long id) => _open.GetValueOrDefault(id);

    public bool Close(long id) => _open.TryRemove(id, out _);

    /// <param name="Namespace">As the client must name it in getMore.</param>
    /// <param name="Rest">Not yet handed out; null for a change stream.</param>
    internal sealed record Cursor(string Namespace, Queue<BsonDocument>? Rest)
    {
        /// <summary>Of a change stream: the last change it was told of.</summary>
        public long Position { get; set; }

        public Func<BsonDocument, bool> Wants { get; init; } = _ => true;
    }
}
