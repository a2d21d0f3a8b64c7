using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>Reads what other responders (and we ourselves, by the sockets' loop) say, for as far as it concerns names of ours.</summary>
internal sealed class ForeignAnswers(EngineCore core, ConflictHandler conflicts)
{
    private readonly DuplicateGuard _duplicates = new(core);
    private readonly byte[] _rdata = new byte[MdnsLimits.LargestMessage];
    private readonly List<OwnedName> _contested = [];

    public void OnResponse(LinkState link, IPEndPoint source, bool toGroup, ref MessageReader reader, long now)
    {
        // Responses come from port 5353 and from this link, or they are no responses (RFC 6762 §6, §11).
        if (source.Port != MdnsLimits.Port || (!toGroup && !link.IsOnLink(source.Address)))
        {
            link.Counters.Drop(DropReason.NotFromThisLink);
            return;
        }

        if (!toGroup && now - link.AskedForUnicastAt > MdnsTimings.UnicastAnswerWindow.Ticks)
        {
            link.Counters.Drop(DropReason.NotAskedFor);
            return;
        }

        _contested.Clear();
        while (reader.TryReadRecord(out var record))
        {
            Read(ref record, link, toGroup, now);
        }

        foreach (var name in _contested)
        {
            conflicts.OnConflict(name, link, source.Address, now);
        }
    }

    private void Read(ref DnsRecord record, LinkState link, bool toGroup, long now)
    {
        if (record.Class != RecordClass.Internet || core.Names.Find(record.Name) is not { } name
            || !record.TryCopyRdata(_rdata, out var length))
        {
            return;
        }

        var rdata = _rdata.AsSpan(0, length);
        if (core.Names.FindRecord(name, record.Type, rdata) is { } ours)
        {
            if (toGroup)
            {
                _duplicates.OnSameAnswer(ours, record.Ttl, link, now);
            }
        }
        else if (IsConflict(name, record.Type, record.Ttl, link) && !name.IsFormer(record.Type, rdata, now)
            && !_contested.Contains(name))
        {
            _contested.Add(name);
        }
    }

    /// <summary>
    /// Other data under a name that is ours alone. While we only ask for the name any record of it says that it is taken; once we hold
    /// it, a type we do not have is no contradiction (RFC 6762 §8.1, §9). NSEC only repeats what other records said.
    /// </summary>
    private static bool IsConflict(OwnedName name, RecordType type, uint ttl, LinkState link)
    {
        if (!name.IsUnique || ttl == 0 || type == RecordType.Nsec)
        {
            return false;
        }

        return name.StateOn(link) switch
        {
            ClaimState.Held => name.Has(type),
            ClaimState.Probing => name.ClaimOn(link).Group is { Sent: > 0 },
            _ => false,
        };
    }
}
