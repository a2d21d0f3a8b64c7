using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Records;

/// <summary>
/// All names we answer for, found by a name as it lies in a packet: one hash and one compare per question however many services there
/// are, and nothing allocated. Owned by the engine's thread.
/// </summary>
internal sealed class NameTable
{
    private const int SmallestSize = 64;

    private OwnedName?[] _buckets = new OwnedName?[SmallestSize];

    public int Count { get; private set; }

    /// <summary>Of them, names that are claimed.</summary>
    public int UniqueCount { get; private set; }

    public OwnedName? Find(ReadOnlySpan<byte> name) => Find(WireName.Hash(name), name);

    public OwnedName? Find(in DnsName name)
    {
        var hash = name.Hash32();
        for (var at = _buckets[Bucket(hash)]; at is not null; at = at.NextInBucket)
        {
            if (at.Hash == hash && name.Equals(at.Name))
            {
                return at;
            }
        }

        return null;
    }

    public void Add(OwnedName name)
    {
        if (Count == _buckets.Length)
        {
            Grow();
        }

        Link(name);
        Count++;
        UniqueCount += name.IsUnique ? 1 : 0;
    }

    public void Remove(OwnedName name)
    {
        ref var at = ref _buckets[Bucket(name.Hash)];
        if (at == name)
        {
            at = name.NextInBucket;
        }
        else
        {
            var before = at;
            while (before is not null && before.NextInBucket != name)
            {
                before = before.NextInBucket;
            }

            if (before is null)
            {
                return;
            }

            before.NextInBucket = name.NextInBucket;
        }

        name.NextInBucket = null;
        Count--;
        UniqueCount -= name.IsUnique ? 1 : 0;
    }

    /// <summary>
    /// Our record with exactly this data, or null. A pointer is found through the name it leads to, because a type may have
    /// ten thousand of them.
    /// </summary>
    public MdnsRecord? FindRecord(OwnedName owner, RecordType type, ReadOnlySpan<byte> rdata)
    {
        if (owner.IsUnique || type != RecordType.Ptr)
        {
            return owner.Find(type, rdata);
        }

        var target = Find(rdata);
        if (target is null)
        {
            return null;
        }

        foreach (var pointer in target.Pointers)
        {
            if (pointer.Owner == owner)
            {
                return pointer;
            }
        }

        return null;
    }

    public List<OwnedName> ToList()
    {
        var all = new List<OwnedName>(Count);
        foreach (var bucket in _buckets)
        {
            for (var at = bucket; at is not null; at = at.NextInBucket)
            {
                all.Add(at);
            }
        }

        return all;
    }

    private OwnedName? Find(int hash, ReadOnlySpan<byte> name)
    {
        for (var at = _buckets[Bucket(hash)]; at is not null; at = at.NextInBucket)
        {
            if (at.Hash == hash && WireName.Equals(at.Name, name))
            {
                return at;
            }
        }

        return null;
    }

    // A power of two, so that the bucket is a mask.
    private int Bucket(int hash) => hash & (_buckets.Length - 1);

    private void Link(OwnedName name)
    {
        ref var bucket = ref _buckets[Bucket(name.Hash)];
        name.NextInBucket = bucket;
        bucket = name;
    }

    private void Grow()
    {
        var all = ToList();
        _buckets = new OwnedName?[_buckets.Length * 2];
        foreach (var name in all)
        {
            Link(name);
        }
    }
}
