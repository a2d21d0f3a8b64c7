namespace Beacon.Registry.Indexes;

/// <summary>
/// A run of entries in order. The places behind the last snapshot of a list may be filled in (an append); a place that a snapshot shows
/// is never written again: a change there makes a new chunk.
/// </summary>
/// <param name="room">Places there are; a host with one service has no use for 256.</param>
internal sealed class EntryChunk(int room)
{
    /// <summary>An insertion in the middle copies one chunk and the list of chunks; 256 keeps both near 2 KiB at 65,000 services.</summary>
    public const int Capacity = 256;

    public ServiceEntry[] Items { get; } = new ServiceEntry[room];

    public int Count { get; set; }

    /// <summary>An append to this chunk needs a larger one first.</summary>
    public bool HasNoRoom => Count == Items.Length;

    public static EntryChunk Of(ReadOnlySpan<ServiceEntry> entries)
    {
        var chunk = new EntryChunk(entries.Length) { Count = entries.Length };
        entries.CopyTo(chunk.Items);
        return chunk;
    }

    /// <summary>The same and one more, with room for as many again.</summary>
    public EntryChunk Larger(ServiceEntry last)
    {
        var chunk = new EntryChunk(Math.Min(Capacity, Count * 2)) { Count = Count + 1 };
        Items.AsSpan(0, Count).CopyTo(chunk.Items);
        chunk.Items[Count] = last;
        return chunk;
    }

    public EntryChunk With(int at, ServiceEntry entry)
    {
        var chunk = new EntryChunk(Count + 1) { Count = Count + 1 };
        Items.AsSpan(0, at).CopyTo(chunk.Items);
        chunk.Items[at] = entry;
        Items.AsSpan(at, Count - at).CopyTo(chunk.Items.AsSpan(at + 1));
        return chunk;
    }

    public EntryChunk Without(int at)
    {
        var chunk = new EntryChunk(Count - 1) { Count = Count - 1 };
        Items.AsSpan(0, at).CopyTo(chunk.Items);
        Items.AsSpan(at + 1, Count - at - 1).CopyTo(chunk.Items.AsSpan(at));
        return chunk;
    }

    public (EntryChunk Left, EntryChunk Right) Split()
    {
        var half = Count / 2;
        return (Of(Items.AsSpan(0, half)), Of(Items.AsSpan(half, Count - half)));
    }

    /// <summary>Place of the entry, or the complement of the place where it belongs.</summary>
    public int Find(ServiceEntry entry)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = EntryOrder.Compare(Items[middle], entry);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
