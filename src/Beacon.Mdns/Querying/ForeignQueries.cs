using System.Net;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>
/// What other hosts ask. A question we were about to ask need not be asked again (RFC 6762 §7.3); one that nobody answers shows that what
/// we remember is out of date (§10.5).
/// </summary>
internal sealed class ForeignQueries
{
    private readonly byte[] _name = new byte[DnsLimits.NameLength];
    private readonly byte[] _rdata = new byte[MdnsLimits.LargestMessage];
    private readonly List<Question> _same = [];
    private readonly List<RecordSet> _asked = [];
    private int _number;

    public void OnQuery(QueryLink link, IPEndPoint source, bool toGroup, MessageReader reader, long now)
    {
        // A truncated query suppresses answers by lists that are not here yet.
        if (source.Port != MdnsLimits.Port || !toGroup || reader.Header.IsTruncated)
        {
            return;
        }

        _number++;
        ReadQuestions(link, ref reader);
        ReadKnownAnswers(link, ref reader, now);
        foreach (var ours in _same)
        {
            ours.HeardAt = now;
        }

        if (!IsOurs(link, source.Address))
        {
            foreach (var set in _asked)
            {
                ExpectAnswers(link, set, now);
            }
        }
    }

    private static bool IsOurs(QueryLink link, IPAddress source)
    {
        foreach (var own in link.Info.Addresses)
        {
            if (own.Address.Equals(source))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadQuestions(QueryLink link, ref MessageReader reader)
    {
        _same.Clear();
        _asked.Clear();
        while (reader.TryReadQuestion(out var question))
        {
            if (question.WantsUnicast || question.Class != RecordClass.Internet)
            {
                continue;
            }

            var name = _name[..question.Name.CopyTo(_name)];
            if (link.TryFind(name, question.Type, out var ours))
            {
                _same.Add(ours);
            }

            if (link.Cache.Find(name, question.Type) is { } set && !_asked.Contains(set))
            {
                _asked.Add(set);
            }
        }
    }

    /// <summary>Read to be compared, never kept (§7.1).</summary>
    private void ReadKnownAnswers(QueryLink link, ref MessageReader reader, long now)
    {
        while (_same.Count + _asked.Count > 0 && reader.TryReadRecord(out var known))
        {
            if (known.Section != Section.Answer)
            {
                return;
            }

            var name = _name[..known.Name.CopyTo(_name)];
            var ours = Find(link, name, known);
            if (ours is not null)
            {
                ours.KnownIn = _number;
            }

            if (ours is null || !ours.IsFresh(now))
            {
                // They know something that we do not: our own question may bring it.
                var type = known.Type;
                _same.RemoveAll(question => question.Key.Type == type && WireName.Equals(question.Key.Name, name));
            }
        }
    }

    private CachedRecord? Find(QueryLink link, byte[] name, in DnsRecord known)
    {
        if (!known.TryCopyRdata(_rdata, out var length))
        {
            return null;
        }

        var rdata = _rdata.AsSpan(0, length);
        return link.Cache.Find(name, known.Type)?.Find(rdata, RecordCache.HashOf(rdata));
    }

    /// <summary>
    /// A second question, a second or more after one that brought nothing: what it asks for has ten seconds left unless its owner speaks
    /// up, which renews it (§10.5).
    /// </summary>
    private void ExpectAnswers(QueryLink link, RecordSet set, long now)
    {
        foreach (var record in set.Records)
        {
            if (record.KnownIn == _number || record.IsLeaving)
            {
                continue;
            }

            if (record.UnansweredAt == MdnsTimings.Never)
            {
                record.UnansweredAt = now;
            }
            else if (now - record.UnansweredAt >= QuerierTimings.UnansweredGap.Ticks
                && record.ExpiresAt > now + QuerierTimings.UnansweredGrace.Ticks)
            {
                record.ExpiresAt = now + QuerierTimings.UnansweredGrace.Ticks;
                link.Cache.Reschedule(record);
            }
        }
    }
}
