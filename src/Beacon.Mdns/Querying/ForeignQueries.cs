using System.Net;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>Another host asks what we were about to ask: its answers, sent to all, serve us too (RFC 6762 §7.3).</summary>
internal sealed class ForeignQueries
{
    private readonly byte[] _name = new byte[DnsLimits.NameLength];
    private readonly byte[] _rdata = new byte[MdnsLimits.LargestMessage];
    private readonly List<Question> _same = [];

    public void OnQuery(QueryLink link, IPEndPoint source, bool toGroup, MessageReader reader, long now)
    {
        // A truncated query suppresses answers by lists that are not here yet.
        if (source.Port != MdnsLimits.Port || !toGroup || reader.Header.IsTruncated)
        {
            return;
        }

        _same.Clear();
        while (reader.TryReadQuestion(out var question))
        {
            var length = question.Name.CopyTo(_name);
            if (!question.WantsUnicast && question.Class == RecordClass.Internet && link.TryFind(_name[..length], question.Type, out var ours))
            {
                _same.Add(ours);
            }
        }

        // Known answers are read to be compared, never kept (§7.1).
        while (_same.Count > 0 && reader.TryReadRecord(out var known))
        {
            if (known.Section == Section.Answer && !IsKnown(link, known, now))
            {
                var length = known.Name.CopyTo(_name);
                var type = known.Type;
                _same.RemoveAll(ours => ours.Key.Type == type && WireName.Equals(ours.Key.Name, _name.AsSpan(0, length)));
            }
        }

        foreach (var ours in _same)
        {
            ours.HeardAt = now;
        }
    }

    private bool IsKnown(QueryLink link, in DnsRecord known, long now)
    {
        var length = known.Name.CopyTo(_name);
        return known.TryCopyRdata(_rdata, out var rdataLength)
            && link.Cache.Find(_name.AsSpan(0, length), known.Type) is { } set
            && set.Find(_rdata.AsSpan(0, rdataLength), RecordCache.HashOf(_rdata.AsSpan(0, rdataLength))) is { } ours
            && ours.IsFresh(now);
    }
}
