using System.Net;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>
/// What other hosts said on one link, for as long as they said it holds. Bounded: when it is full the record that would expire first makes
/// room, and a source that has its share is not listened to further. Owned by the querier's thread.
/// </summary>
internal sealed class RecordCache
{
    /// <summary>A power of two, so that the bucket is a mask. Bounded by <see cref="QuerierLimits.Records"/>, so chains stay short.</summary>
    private const int Buckets = 4096;

    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    private readonly RecordSet?[] _buckets = new RecordSet?[Buckets];
    private readonly DueHeap<CachedRecord> _byExpiry = new();
    private readonly Dictionary<IPAddress, int> _perSource = [];

    /// <summary>Records it may hold; it shrinks when links are added, and older records then go as new ones come.</summary>
    public int Capacity { get; set; } = QuerierLimits.Records;

    public int ByteCapacity { get; set; } = QuerierLimits.Bytes;

    public int Count => _byExpiry.Count;

    public int Bytes { get; private set; }

    /// <summary>Records that were not kept because of a bound, or gave way to one that was.</summary>
    public long Refused { get; private set; }

    public long NextDue => _byExpiry.NextDue;

    public RecordSet? Find(ReadOnlySpan<byte> name, RecordType type) => Find(name, WireName.Hash(name), type);

    /// <summary>Null when the source has used up its share.</summary>
    /// <param name="evicted">What had to go; the caller tells those who want it.</param>
    public CachedRecord? Add(
        ReadOnlySpan<byte> name, RecordType type, ReadOnlySpan<byte> rdata, int rdataHash, IPAddress source, List<CachedRecord> evicted)
    {
        var held = _perSource.GetValueOrDefault(source);
        if (held >= Math.Max(1, Capacity / QuerierLimits.SourceFraction))
        {
            Refused++;
            return null;
        }

        while (_byExpiry.First is { } oldest
            && (Count >= Capacity || Bytes + QuerierLimits.RecordOverhead + name.Length + rdata.Length > ByteCapacity))
        {
            Remove(oldest);
            evicted.Add(oldest);
            Refused++;
        }

        var set = FindOrAdd(name, type);
        var record = new CachedRecord { Set = set, Rdata = rdata.ToArray(), RdataHash = rdataHash, Source = source, ExpiresAt = MdnsTimings.Idle };
        set.Records.Add(record);
        _perSource[source] = _perSource.GetValueOrDefault(source) + 1;
        Bytes += record.Cost;
        _byExpiry.Update(record);
        return record;
    }

    /// <summary>After its <see cref="CachedRecord.ExpiresAt"/> changed.</summary>
    public void Reschedule(CachedRecord record) => _byExpiry.Update(record);

    public void Remove(CachedRecord record)
    {
        _byExpiry.Remove(record);
        Bytes -= record.Cost;
        var held = _perSource[record.Source] - 1;
        if (held == 0)
        {
            _perSource.Remove(record.Source);
        }
        else
        {
            _perSource[record.Source] = held;
        }

        record.Set.Records.Remove(record);
        if (record.Set.Records.Count == 0)
        {
            Unlink(record.Set);
        }
    }

    /// <summary>One record whose time is over, taken out; null when there is none.</summary>
    public CachedRecord? TakeExpired(long now)
    {
        if (_byExpiry.First is not { } record || record.ExpiresAt > now)
        {
            return null;
        }

        Remove(record);
        return record;
    }

    public static int HashOf(ReadOnlySpan<byte> rdata)
    {
        var hash = FnvOffset;
        foreach (var value in rdata)
        {
            hash = (hash ^ (value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value)) * FnvPrime;
        }

        return (int)hash;
    }

    private RecordSet? Find(ReadOnlySpan<byte> name, int hash, RecordType type)
    {
        for (var set = _buckets[BucketOf(hash, type)]; set is not null; set = set.NextInBucket)
        {
            if (set.Hash == hash && set.Type == type && WireName.Equals(set.Name, name))
            {
                return set;
            }
        }

        return null;
    }

    private RecordSet FindOrAdd(ReadOnlySpan<byte> name, RecordType type)
    {
        var hash = WireName.Hash(name);
        if (Find(name, hash, type) is { } known)
        {
            return known;
        }

        ref var bucket = ref _buckets[BucketOf(hash, type)];
        return bucket = new RecordSet(name.ToArray(), hash, type) { NextInBucket = bucket };
    }

    private void Unlink(RecordSet set)
    {
        ref var bucket = ref _buckets[BucketOf(set.Hash, set.Type)];
        if (bucket == set)
        {
            bucket = set.NextInBucket;
            return;
        }

        for (var at = bucket; at is not null; at = at.NextInBucket)
        {
            if (at.NextInBucket == set)
            {
                at.NextInBucket = set.NextInBucket;
                return;
            }
        }
    }

    private static int BucketOf(int hash, RecordType type) => (hash ^ ((int)type * (int)FnvPrime)) & (Buckets - 1);
}
