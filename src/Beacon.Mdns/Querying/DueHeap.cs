namespace Beacon.Mdns.Querying;

/// <summary>Finds what is due next; what changes its time is moved, so there is never more than one entry for it.</summary>
internal sealed class DueHeap<T>
    where T : class, IScheduled
{
    private readonly List<T> _items = [];

    public int Count => _items.Count;

    /// <summary>The earliest; null when there is none.</summary>
    public T? First => _items.Count == 0 ? null : _items[0];

    public long NextDue => _items.Count == 0 ? MdnsTimings.Idle : _items[0].Due;

    /// <summary>Adds it, or moves it after its time changed.</summary>
    public void Update(T item)
    {
        if (item.HeapIndex < 0)
        {
            item.HeapIndex = _items.Count;
            _items.Add(item);
        }

        SiftDown(SiftUp(item.HeapIndex));
    }

    public void Remove(T item)
    {
        var at = item.HeapIndex;
        if (at < 0)
        {
            return;
        }

        var last = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        item.HeapIndex = -1;
        if (last != item)
        {
            Put(last, at);
            SiftDown(SiftUp(at));
        }
    }

    private int SiftUp(int at)
    {
        var item = _items[at];
        while (at > 0 && _items[(at - 1) / 2].Due > item.Due)
        {
            Put(_items[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }

        Put(item, at);
        return at;
    }

    private void SiftDown(int at)
    {
        var item = _items[at];
        while (true)
        {
            var child = (2 * at) + 1;
            if (child + 1 < _items.Count && _items[child + 1].Due < _items[child].Due)
            {
                child++;
            }

            if (child >= _items.Count || _items[child].Due >= item.Due)
            {
                break;
            }

            Put(_items[child], at);
            at = child;
        }

        Put(item, at);
    }

    private void Put(T item, int at)
    {
        _items[at] = item;
        item.HeapIndex = at;
    }
}
