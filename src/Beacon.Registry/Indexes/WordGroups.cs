using System.Runtime.InteropServices;

namespace Beacon.Registry.Indexes;

/// <summary>Entries sorted out by word, each group in the order in which they came. Kept and used again, so that its lists are made once.</summary>
internal sealed class WordGroups
{
    private readonly Dictionary<string, List<ServiceEntry>> _groups = new(StringComparer.Ordinal);
    private readonly Stack<List<ServiceEntry>> _spare = [];

    public void Add(string word, ServiceEntry entry)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, word, out _);
        group ??= _spare.TryPop(out var spare) ? spare : [];
        group.Add(entry);
    }

    /// <summary>Enters every group under its word, and forgets them.</summary>
    public void MoveInto(WordIndex index)
    {
        foreach (var (word, group) in _groups)
        {
            index.AddAll(word, CollectionsMarshal.AsSpan(group));
        }

        Clear();
    }

    /// <summary>Takes every group out from under its word, and forgets them.</summary>
    public void MoveOutOf(WordIndex index)
    {
        foreach (var (word, group) in _groups)
        {
            index.RemoveAll(word, CollectionsMarshal.AsSpan(group));
        }

        Clear();
    }

    private void Clear()
    {
        foreach (var group in _groups.Values)
        {
            group.Clear();
            _spare.Push(group);
        }

        _groups.Clear();
    }
}
