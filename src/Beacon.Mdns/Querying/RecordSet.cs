using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>What is known on one link under one name and type.</summary>
internal sealed class RecordSet(byte[] name, int hash, RecordType type)
{
    /// <summary>Uncompressed, in the case it was first heard in.</summary>
    public byte[] Name { get; } = name;

    public int Hash { get; } = hash;

    public RecordType Type { get; } = type;

    public List<CachedRecord> Records { get; } = [];

    /// <summary>Next set in the same bucket.</summary>
    public RecordSet? NextInBucket { get; set; }

    public bool HasUnique
    {
        get
        {
            foreach (var record in Records)
            {
                if (record.IsUnique)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public CachedRecord? Find(ReadOnlySpan<byte> rdata, int rdataHash)
    {
        foreach (var record in Records)
        {
            if (record.RdataHash == rdataHash && RdataComparer.Same(Type, record.Rdata, rdata))
            {
                return record;
            }
        }

        return null;
    }
}
