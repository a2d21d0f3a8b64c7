using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Beacon.Registry.Indexes;

// Many changes at once: what a mass of leases that end together costs is chunks, not leases.
internal sealed partial class EntryList
{
    /// <summary>Adds all of them; those that are in the list already stay where they are.</summary>
    /// <param name="entries">In <see cref="EntryOrder"/>.</param>
    public void AddAll(ReadOnlySpan<ServiceEntry> entries)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        if (entries.Length == 1)
        {
            Add(entries[0]);
            return;
        }

        var current = _current;
        var chunks = new List<EntryChunk>(current.ChunkCount + (entries.Length / EntryChunk.Capacity) + 1);
        var merged = new List<ServiceEntry>();
        var total = 0;
        foreach (var (chunk, run) in new Runs(current, entries))
        {
            if (run.IsEmpty)
            {
                chunks.Add(chunk!);
                total += chunk!.Count;
                continue;
            }

            merged.Clear();
            Merge(chunk is null ? [] : chunk.Items.AsSpan(0, chunk.Count), run, merged);
            Cut(CollectionsMarshal.AsSpan(merged), chunks);
            total += merged.Count;
        }

        _current = EntrySnapshot.Of([.. chunks], total);
    }

    /// <summary>Takes all of them out; those that are not in the list are passed over.</summary>
    /// <param name="entries">In <see cref="EntryOrder"/>.</param>
    public void RemoveAll(ReadOnlySpan<ServiceEntry> entries)
    {
        if (entries.IsEmpty || Count == 0)
        {
            return;
        }

        if (entries.Length == 1)
        {
            Remove(entries[0]);
            return;
        }

        var current = _current;
        var chunks = new EntryChunk[current.ChunkCount];
        var (left, total) = (0, 0);
        foreach (var (chunk, run) in new Runs(current, entries))
        {
            var rest = run.IsEmpty ? chunk : Without(chunk!, run);
            if (rest is not null)
            {
                chunks[left++] = rest;
                total += rest.Count;
            }
        }

        if (left > 0 && left < chunks.Length && chunks[left - 1] != current.Chunks[^1])
        {
            // It was not the last one before. Appends must not fill it in: older snapshots show it as a whole.
            chunks[left - 1] = EntryChunk.Of(chunks[left - 1].Items.AsSpan(0, chunks[left - 1].Count));
        }

        _current = EntrySnapshot.Of(left == chunks.Length ? chunks : chunks[..left], total);
    }

    private static void Merge(ReadOnlySpan<ServiceEntry> held, ReadOnlySpan<ServiceEntry> added, List<ServiceEntry> merged)
    {
        var (i, j) = (0, 0);
        while (i < held.Length || j < added.Length)
        {
            var order = i == held.Length ? 1 : j == added.Length ? -1 : EntryOrder.Compare(held[i], added[j]);
            merged.Add(order <= 0 ? held[i] : added[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    /// <returns>The chunk itself when none of them is in it; null when nothing is left.</returns>
    private static EntryChunk? Without(EntryChunk chunk, ReadOnlySpan<ServiceEntry> removed)
    {
        // On the stack: a mass of leases that end together comes by here once for each of their words, several times for each lease.
        var places = default(Places);
        Span<ServiceEntry> kept = places;
        var (count, j) = (0, 0);
        foreach (var entry in chunk.Items.AsSpan(0, chunk.Count))
        {
            var order = 1;
            while (j < removed.Length && (order = removed[j] == entry ? 0 : EntryOrder.Compare(removed[j], entry)) < 0)
            {
                j++;
            }

            if (j == removed.Length || order != 0)
            {
                kept[count++] = entry;
            }
        }

        return count == chunk.Count ? chunk : count == 0 ? null : EntryChunk.Of(kept[..count]);
    }

    /// <summary>Into chunks of much the same size, so that the next insertion does not split again.</summary>
    private static void Cut(ReadOnlySpan<ServiceEntry> entries, List<EntryChunk> chunks)
    {
        var pieces = (entries.Length + EntryChunk.Capacity - 1) / EntryChunk.Capacity;
        for (var piece = 0; piece < pieces; piece++)
        {
            var from = entries.Length * piece / pieces;
            chunks.Add(EntryChunk.Of(entries[from..(entries.Length * (piece + 1) / pieces)]));
        }
    }

    /// <summary>Every chunk with those of the given entries that can only be in it; one run without a chunk when the list is empty.</summary>
    private ref struct Runs(EntrySnapshot list, ReadOnlySpan<ServiceEntry> entries)
    {
        private ReadOnlySpan<ServiceEntry> _left = entries;
        private int _next;

        public Run Current { get; private set; }

        public readonly Runs GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_next >= Math.Max(1, list.ChunkCount))
            {
                return false;
            }

            var length = _next + 1 < list.ChunkCount ? CountBefore(list.Chunks[_next + 1].Items[0]) : _left.Length;
            Current = new Run(_next < list.ChunkCount ? list.Chunks[_next] : null, _left[..length]);
            _left = _left[length..];
            _next++;
            return true;
        }

        private readonly int CountBefore(ServiceEntry entry)
        {
            var count = 0;
            while (count < _left.Length && EntryOrder.Compare(_left[count], entry) < 0)
            {
                count++;
            }

            return count;
        }
    }

    [InlineArray(EntryChunk.Capacity)]
    private struct Places
    {
        private ServiceEntry _first;
    }

    private readonly ref struct Run(EntryChunk? chunk, ReadOnlySpan<ServiceEntry> entries)
    {
        private readonly ReadOnlySpan<ServiceEntry> _entries = entries;

        public void Deconstruct(out EntryChunk? ofChunk, out ReadOnlySpan<ServiceEntry> run)
        {
            ofChunk = chunk;
            run = _entries;
        }
    }
}
