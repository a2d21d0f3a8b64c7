using System.Collections.Concurrent;

namespace Beacon.Registry.Indexes;

/// <summary>
/// Entries by one exact word (a type, a tag, a host). Writers hold the registry's gate; readers lock nothing. A change costs the lists
/// of its own words, whatever the size of the registry.
/// </summary>
internal sealed class WordIndex
{
    private readonly ConcurrentDictionary<string, EntryList> _lists = new(StringComparer.Ordinal);

    public EntrySnapshot Find(string word) => _lists.TryGetValue(word, out var list) ? list.Snapshot : EntrySnapshot.Empty;

    /// <summary>Words in use, sorted ordinally.</summary>
    public IReadOnlyList<string> Words()
    {
        var words = new List<string>();
        foreach (var (word, _) in _lists)
        {
            words.Add(word);
        }

        words.Sort(StringComparer.Ordinal);
        return words;
    }

    public void Add(string word, ServiceEntry entry)
    {
        if (_lists.TryGetValue(word, out var list))
        {
            list.Add(entry);
            return;
        }

        list = new EntryList();
        list.Add(entry);
        _lists[word] = list;
    }

    /// <param name="entries">In <see cref="EntryOrder"/>.</param>
    public void AddAll(string word, ReadOnlySpan<ServiceEntry> entries)
    {
        if (_lists.TryGetValue(word, out var list))
        {
            list.AddAll(entries);
            return;
        }

        list = new EntryList();
        list.AddAll(entries);
        _lists[word] = list;
    }

    /// <param name="entries">In <see cref="EntryOrder"/>.</param>
    public void RemoveAll(string word, ReadOnlySpan<ServiceEntry> entries)
    {
        if (!_lists.TryGetValue(word, out var list))
        {
            return;
        }

        list.RemoveAll(entries);
        if (list.Count == 0)
        {
            _lists.TryRemove(word, out _);
        }
    }

    public void Remove(string word, ServiceEntry entry)
    {
        if (_lists.TryGetValue(word, out var list) && list.Remove(entry) && list.Count == 0)
        {
            _lists.TryRemove(word, out _);
        }
    }
}
