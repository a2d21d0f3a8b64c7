using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Two hosts probe for one name at the same time: the lexicographically later set of records wins, the other waits a second and asks
/// again (RFC 6762 §8.2). Collects what the other one proposes while its packet is read, then judges.
/// </summary>
internal sealed class Tiebreak(EngineCore core)
{
    private readonly byte[] _bytes = new byte[MdnsLimits.LargestMessage];
    private readonly List<Proposal> _theirs = [];
    private readonly List<Proposal> _ours = [];
    private readonly List<OwnedName> _names = [];
    private int _used;

    public void Begin()
    {
        _theirs.Clear();
        _names.Clear();
        _used = 0;
    }

    /// <summary>A name the packet asks for and we are asking for too.</summary>
    public void Expect(OwnedName name)
    {
        if (!_names.Contains(name) && _names.Count < MdnsLimits.ProposedRecords)
        {
            _names.Add(name);
        }
    }

    /// <summary>One record of the packet's Authority section.</summary>
    public void Propose(ref DnsRecord record)
    {
        if (_names.Count == 0 || _theirs.Count == MdnsLimits.ProposedRecords
            || core.Names.Find(record.Name) is not { } name || !_names.Contains(name)
            || !record.TryCopyRdata(_bytes.AsSpan(_used), out var length))
        {
            return;
        }

        var proposal = new Proposal(name, record.Class, record.Type, _bytes.AsMemory(_used, length));
        foreach (var known in _theirs)
        {
            if (known.Name == name && Compare(known, proposal) == 0)
            {
                return;
            }
        }

        _used += length;
        _theirs.Add(proposal);
    }

    public void Judge(LinkState link, long now)
    {
        foreach (var name in _names)
        {
            if (name.StateOn(link) != ClaimState.Probing || name.ClaimOn(link).Group is not { Sent: > 0 })
            {
                continue;
            }

            if (IsLost(name, link, now))
            {
                MdnsLog.TiebreakLost(core.Log, WireName.ToText(name.Name), link.Info.Name);
                link.Prober.StartAt(name, now + MdnsTimings.TiebreakPause.Ticks);
            }
        }
    }

    private bool IsLost(OwnedName name, LinkState link, long now)
    {
        var proposed = 0;
        var isOurEcho = true;
        foreach (var proposal in _theirs)
        {
            if (proposal.Name == name)
            {
                proposed++;
                isOurEcho &= IsOurs(name, proposal, now);
            }
        }

        // Our own probe, back by the sockets' loop, a reflector or a bridge between two of our links (§8.2 as seen by avahi's users).
        if (proposed == 0 || isOurEcho)
        {
            return false;
        }

        _ours.Clear();
        foreach (var record in name.Records)
        {
            if (record.OnLink == MdnsRecord.AllLinks || record.OnLink == link.Index)
            {
                _ours.Add(new Proposal(name, RecordClass.Internet, record.Type, record.Rdata));
            }
        }

        _ours.Sort(Compare);
        _theirs.Sort(Compare);
        return CompareSets(name) < 0;
    }

    private int CompareSets(OwnedName name)
    {
        var at = 0;
        foreach (var theirs in _theirs)
        {
            if (theirs.Name != name)
            {
                continue;
            }

            if (at == _ours.Count)
            {
                return -1;
            }

            var order = Compare(_ours[at++], theirs);
            if (order != 0)
            {
                return order;
            }
        }

        return at < _ours.Count ? 1 : 0;
    }

    private static bool IsOurs(OwnedName name, in Proposal proposal, long now) =>
        proposal.Class == RecordClass.Internet
        && (name.Find(proposal.Type, proposal.Rdata.Span) is not null || name.IsFormer(proposal.Type, proposal.Rdata.Span, now));

    /// <summary>Class, then type, then the bytes of the data, unsigned; of two where one begins the other the longer is later (§8.2).</summary>
    private static int Compare(Proposal left, Proposal right)
    {
        if (left.Class != right.Class)
        {
            return left.Class.CompareTo(right.Class);
        }

        return left.Type != right.Type
            ? ((ushort)left.Type).CompareTo((ushort)right.Type)
            : left.Rdata.Span.SequenceCompareTo(right.Rdata.Span);
    }

    private readonly record struct Proposal(OwnedName Name, ushort Class, RecordType Type, ReadOnlyMemory<byte> Rdata);
}
