namespace Beacon.Registry.Indexes;

/// <summary>
/// Entries in <see cref="EntryOrder"/>. Writers hold the registry's gate; readers take a snapshot, which never changes, and lock nothing.
/// Appending, the usual case, copies nothing; any other change costs one chunk and the list of chunks, and many changes together
/// (<see cref="AddAll"/>, <see cref="RemoveAll"/>) cost each chunk they touch once.
/// </summary>
internal sealed partial class EntryList
{
    private volatile EntrySnapshot _current = EntrySnapshot.Empty;

    public EntrySnapshot Snapshot => _current;

    public int Count => _current.Total;

    /// <summary>An entry that is in the list already stays where it is.</summary>
    public void Add(ServiceEntry entry)
    {
        var current = _current;
        if (current.ChunkCount == 0 || EntryOrder.Compare(current.Last, entry) < 0)
        {
            Append(current, entry);
            return;
        }

        var index = current.ChunkFor(entry);
        var chunk = current.Chunks[index];
        var at = chunk.Find(entry);
        if (at >= 0)
        {
            return;
        }

        at = ~at;
        if (chunk.Count < EntryChunk.Capacity)
        {
            _current = current.Replacing(index, chunk.With(at, entry), +1);
            return;
        }

        var (left, right) = chunk.Split();
        _current = at <= left.Count
            ? current.Splitting(index, left.With(at, entry), right)
            : current.Splitting(index, left, right.With(at - left.Count, entry));
    }

    public bool Remove(ServiceEntry entry)
    {
        var current = _current;
        if (current.ChunkCount == 0)
        {
            return false;
        }

        var index = current.ChunkFor(entry);
        var chunk = current.Chunks[index];
        var at = chunk.Find(entry);
        if (at < 0)
        {
            return false;
        }

        _current = chunk.Count == 1 ? current.Dropping(index) : current.Replacing(index, chunk.Without(at), -1);
        return true;
    }

    private void Append(EntrySnapshot current, ServiceEntry entry)
    {
        if (current.ChunkCount == 0)
        {
            _current = current.WithNewLast(EntryChunk.Of([entry]));
            return;
        }

        if (current.LastCount == EntryChunk.Capacity)
        {
            // Of a list so long that the chunk will not stay small: with all its room from the beginning.
            var next = new EntryChunk(EntryChunk.Capacity) { Count = 1 };
            next.Items[0] = entry;
            _current = current.WithNewLast(next);
            return;
        }

        var last = current.Chunks[current.ChunkCount - 1];
        if (last.HasNoRoom)
        {
            _current = current.Replacing(current.ChunkCount - 1, last.Larger(entry), +1);
            return;
        }

        // Written before the snapshot that shows it is published; older snapshots end before it.
        last.Items[last.Count] = entry;
        last.Count++;
        _current = current.Longer();
    }
}
