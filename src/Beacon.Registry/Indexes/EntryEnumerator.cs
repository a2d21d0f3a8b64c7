namespace Beacon.Registry.Indexes;

/// <summary>Walks a snapshot in order; can jump over whole chunks without touching their entries.</summary>
internal ref struct EntryEnumerator(EntrySnapshot snapshot)
{
    private int _chunk;
    private int _at = -1;

    public readonly ServiceEntry Current => snapshot.Chunks[_chunk].Items[_at];

    public bool MoveNext()
    {
        if (_chunk >= snapshot.ChunkCount)
        {
            return false;
        }

        if (++_at < snapshot.CountOf(_chunk))
        {
            return true;
        }

        _at = 0;
        return ++_chunk < snapshot.ChunkCount;
    }

    /// <summary>Passes over the next <paramref name="count"/> entries.</summary>
    public void Skip(int count)
    {
        while (count > 0 && _chunk < snapshot.ChunkCount)
        {
            var left = snapshot.CountOf(_chunk) - (_at + 1);
            if (count < left)
            {
                _at += count;
                return;
            }

            count -= left;
            _chunk++;
            _at = -1;
        }
    }
}
