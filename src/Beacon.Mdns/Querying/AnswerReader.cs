using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>From responses to the cache: lifetimes, the flush bit, goodbyes (RFC 6762 §6, §10, §11).</summary>
internal sealed class AnswerReader(QuestionBook questions, Random random, List<RecordChange> changes)
{
    private readonly byte[] _name = new byte[DnsLimits.NameLength];
    private readonly byte[] _rdata = new byte[MdnsLimits.LargestMessage];
    private readonly List<CachedRecord> _evicted = [];

    public void OnResponse(QueryLink link, IPEndPoint source, bool toGroup, MessageReader reader, long now)
    {
        // What was sent to the group comes from this link; what was sent to us must, and must have been asked for (§6, §11).
        if (source.Port != MdnsLimits.Port
            || (!toGroup && (!AddressRules.IsOnLink(link.Info, AddressRules.Plain(source.Address)) || !IsAwaited(link, reader, now))))
        {
            return;
        }

        while (reader.TryReadRecord(out var record))
        {
            if (record.Section != Section.Authority && record.Class == RecordClass.Internet && record.Type != RecordType.Opt
                && record.TryCopyRdata(_rdata, out var length))
            {
                Take(link, source.Address, record, _rdata.AsSpan(0, length), now);
            }
        }
    }

    /// <summary>Sets the next time to ask for it: 80, 85, 90, 95 percent of its life and a random bit (§5.2).</summary>
    public static void PlanRefresh(CachedRecord record, int refreshes, Random random)
    {
        record.Refreshes = refreshes;
        if (refreshes >= QuerierTimings.RefreshPercents.Length)
        {
            record.RefreshAt = MdnsTimings.Idle;
            return;
        }

        var life = record.Ttl * TimeSpan.TicksPerSecond;
        var jitter = random.NextInt64((life * QuerierTimings.RefreshJitterPercent / 100) + 1);
        record.RefreshAt = record.ReceivedAt + (life * QuerierTimings.RefreshPercents[refreshes] / 100) + jitter;
    }

    /// <summary>Does it answer a question of ours that allowed a unicast answer a moment ago?</summary>
    private bool IsAwaited(QueryLink link, MessageReader reader, long now)
    {
        while (reader.TryReadRecord(out var record) && record.Section == Section.Answer)
        {
            var length = record.Name.CopyTo(_name);
            if (link.TryFind(_name[..length], record.Type, out var question) && question.UnicastUntil >= now)
            {
                return true;
            }
        }

        return false;
    }

    private void Take(QueryLink link, IPAddress source, in DnsRecord said, ReadOnlySpan<byte> rdata, long now)
    {
        var name = _name.AsSpan(0, said.Name.CopyTo(_name));
        var hash = RecordCache.HashOf(rdata);
        var set = link.Cache.Find(name, said.Type);
        var record = set?.Find(rdata, hash);
        if (said.Ttl == 0)
        {
            if (record is not null)
            {
                LetGo(link, record, now);
            }

            return;
        }

        var isNew = record is null;
        if (record is null)
        {
            _evicted.Clear();
            record = link.Cache.Add(name, said.Type, rdata, hash, source, _evicted);
            foreach (var evicted in _evicted)
            {
                questions.OnExpired(link, evicted, now);
                changes.Add(new RecordChange(link, evicted, IsGone: true));
            }

            if (record is null)
            {
                return;
            }
        }

        Renew(link, record, Math.Min(said.Ttl, QuerierTimings.LongestTtl), said.CacheFlush, now);
        if (said.CacheFlush)
        {
            FlushOthers(link, record, now);
        }

        QuestionBook.OnHeard(link, record);
        if (isNew)
        {
            changes.Add(new RecordChange(link, record, IsGone: false));
        }
    }

    private void Renew(QueryLink link, CachedRecord record, uint ttl, bool isUnique, long now)
    {
        record.Ttl = ttl;
        record.IsUnique = isUnique;
        record.ReceivedAt = now;
        record.IsLeaving = false;
        record.UnansweredAt = MdnsTimings.Never;
        record.ExpiresAt = now + (ttl * TimeSpan.TicksPerSecond);
        PlanRefresh(record, 0, random);
        link.Cache.Reschedule(record);
    }

    /// <summary>Other data of the name and type that was not part of the same burst lives one second more (§10.2).</summary>
    private static void FlushOthers(QueryLink link, CachedRecord record, long now)
    {
        foreach (var other in record.Set.Records)
        {
            if (other != record && now - other.ReceivedAt > QuerierTimings.LastSecond.Ticks)
            {
                LetGo(link, other, now);
            }
        }
    }

    private static void LetGo(QueryLink link, CachedRecord record, long now)
    {
        record.IsLeaving = true;
        record.RefreshAt = MdnsTimings.Idle;
        if (record.ExpiresAt > now + QuerierTimings.LastSecond.Ticks)
        {
            record.ExpiresAt = now + QuerierTimings.LastSecond.Ticks;
            link.Cache.Reschedule(record);
        }
    }
}
