using Beacon.Mdns.Links;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Records;

/// <summary>
/// One name with the records we hold under it: unique (an instance, a host) or shared with other responders (a service type).
/// Owned by the engine's thread.
/// </summary>
internal sealed class OwnedName(byte[] name, IClaimant? claimant)
{
    private readonly List<FormerData> _former = [];
    private readonly List<MdnsRecord> _formerDenials = [];
    private Claim[] _claims = [];

    /// <summary>Uncompressed wire form, in the case it is announced in.</summary>
    public byte[] Name { get; } = name;

    /// <summary>Folded to lower case, as the packet reader hashes too.</summary>
    public int Hash { get; } = WireName.Hash(name);

    /// <summary>Null for shared names, which nobody claims.</summary>
    public IClaimant? Claimant { get; } = claimant;

    public bool IsUnique => Claimant is not null;

    public List<MdnsRecord> Records { get; } = [];

    /// <summary>NSEC records of this name, one per link that needs its own (RFC 6762 §6.1).</summary>
    public List<MdnsRecord> Denials { get; } = [];

    /// <summary>PTR records under other names that lead here.</summary>
    public List<MdnsRecord> Pointers { get; } = [];

    /// <summary>Number of the query that asked everybody for this name's records last.</summary>
    public int AskedBy { get; set; }

    /// <summary>The same for a query that asked for a unicast answer.</summary>
    public int AskedUnicastBy { get; set; }

    /// <summary>Next name in the same bucket of <see cref="NameTable"/>.</summary>
    public OwnedName? NextInBucket { get; set; }

    public UpdateBudget Updates { get; } = new();

    public ClaimState StateOn(LinkState link) => link.Slot < _claims.Length ? _claims[link.Slot].State : ClaimState.None;

    public bool IsHeldOn(LinkState link) => StateOn(link) == ClaimState.Held;

    public ref Claim ClaimOn(LinkState link)
    {
        if (link.Slot >= _claims.Length)
        {
            Array.Resize(ref _claims, link.Slot + 1);
        }

        return ref _claims[link.Slot];
    }

    /// <summary>A link slot is about to be used for another interface.</summary>
    public void Forget(int slot)
    {
        if (slot < _claims.Length)
        {
            _claims[slot] = default;
        }

        Forget(Records, slot);
        Forget(Denials, slot);
        Forget(_formerDenials, slot);
        Forget(Pointers, slot);
    }

    public void Add(MdnsRecord record)
    {
        record.Position = Records.Count;
        Records.Add(record);
        DropDenials();
    }

    /// <summary>Takes a record out. What was on the wire is remembered for a while, because it may come back as an echo.</summary>
    public void Remove(MdnsRecord record, long now)
    {
        record.Withdrawn = true;
        var last = Records[^1];
        Records[record.Position] = last;
        last.Position = record.Position;
        Records.RemoveAt(Records.Count - 1);
        DropDenials();
        if (IsUnique)
        {
            Remember(record, now);
        }
    }

    /// <summary>Our record with this type and data, or null. For shared names look through <see cref="NameTable.FindRecord"/>.</summary>
    public MdnsRecord? Find(RecordType type, ReadOnlySpan<byte> rdata)
    {
        var candidates = type == RecordType.Nsec ? Denials : Records;
        foreach (var record in candidates)
        {
            if (record.Type == type && RdataComparer.Same(type, record.Rdata, rdata))
            {
                return record;
            }
        }

        return null;
    }

    public bool Has(RecordType type)
    {
        foreach (var record in Records)
        {
            if (record.Type == type)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Did we ourselves say this under the name a moment ago?</summary>
    public bool IsFormer(RecordType type, ReadOnlySpan<byte> rdata, long now)
    {
        foreach (var former in _former)
        {
            if (former.Until >= now && former.Record.Type == type && RdataComparer.Same(type, former.Record.Rdata, rdata))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Takes an NSEC into use. One that says what a former one said is that one: it remembers when each link heard it last, and a change of
    /// an address on one link must not make the others hear their equal NSEC twice in a second (RFC 6762 §6).
    /// </summary>
    public MdnsRecord Deny(MdnsRecord denial)
    {
        foreach (var former in _formerDenials)
        {
            if (former.OnLink == denial.OnLink && former.Rdata.AsSpan().SequenceEqual(denial.Rdata))
            {
                _formerDenials.Remove(former);
                former.Withdrawn = false;
                denial = former;
                break;
            }
        }

        Denials.Add(denial);
        return denial;
    }

    private void Remember(MdnsRecord record, long now)
    {
        if (_former.Count == MdnsLimits.FormerData)
        {
            _former.RemoveAt(0);
        }

        _former.Add(new FormerData(record, now + MdnsTimings.FormerDataGrace.Ticks));
    }

    private void DropDenials()
    {
        foreach (var denial in Denials)
        {
            denial.Withdrawn = true;
            if (_formerDenials.Count == MdnsLimits.FormerDenials)
            {
                _formerDenials.RemoveAt(0);
            }

            _formerDenials.Add(denial);
        }

        Denials.Clear();
    }

    private static void Forget(List<MdnsRecord> records, int slot)
    {
        foreach (var record in records)
        {
            record.Forget(slot);
        }
    }

    private readonly record struct FormerData(MdnsRecord Record, long Until);
}
