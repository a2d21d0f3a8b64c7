namespace Beacon.Registry.Indexes;

/// <summary>An <see cref="EntryList"/> as it was at one instant; any thread may read it for as long as it likes.</summary>
internal sealed class EntrySnapshot
{
    private EntrySnapshot(EntryChunk[] chunks, int lastCount, int total)
    {
        Chunks = chunks;
        LastCount = lastCount;
        Total = total;
    }

    public static EntrySnapshot Empty { get; } = new([], 0, 0);

    public EntryChunk[] Chunks { get; }

    /// <summary>Entries of the last chunk that belong to this snapshot; a later append may have filled in more.</summary>
    public int LastCount { get; }

    public int Total { get; }

    public int ChunkCount => Chunks.Length;

    public ServiceEntry Last => Chunks[^1].Items[LastCount - 1];

    public int CountOf(int index) => index == Chunks.Length - 1 ? LastCount : Chunks[index].Count;

    /// <summary>The only chunk that can hold the entry: the last one that does not begin behind it.</summary>
    public int ChunkFor(ServiceEntry entry)
    {
        int low = 0, high = Chunks.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (EntryOrder.Compare(Chunks[middle].Items[0], entry) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>Of chunks that nobody writes to any more, each with at least one entry.</summary>
    public static EntrySnapshot Of(EntryChunk[] chunks, int total) => chunks.Length == 0 ? Empty : new(chunks, chunks[^1].Count, total);

    public EntrySnapshot Longer() => new(Chunks, LastCount + 1, Total + 1);

    public EntrySnapshot WithNewLast(EntryChunk chunk) => new([.. Chunks, chunk], chunk.Count, Total + chunk.Count);

    public EntrySnapshot Replacing(int index, EntryChunk chunk, int change)
    {
        EntryChunk[] copy = [.. Chunks];
        copy[index] = chunk;
        return new(copy, copy[^1].Count, Total + change);
    }

    public EntrySnapshot Splitting(int index, EntryChunk left, EntryChunk right)
    {
        EntryChunk[] copy = [.. Chunks.AsSpan(0, index), left, right, .. Chunks.AsSpan(index + 1)];
        return new(copy, copy[^1].Count, Total + 1);
    }

    /// <summary>Without a chunk whose only entry was removed.</summary>
    public EntrySnapshot Dropping(int index)
    {
        if (Chunks.Length == 1)
        {
            return Empty;
        }

        EntryChunk[] copy = [.. Chunks.AsSpan(0, index), .. Chunks.AsSpan(index + 1)];
        if (index == copy.Length)
        {
            // The chunk before becomes the last one. Appends must not fill it in: older snapshots show it as a whole.
            copy[^1] = EntryChunk.Of(copy[^1].Items.AsSpan(0, copy[^1].Count));
        }

        return new(copy, copy[^1].Count, Total - 1);
    }
}
