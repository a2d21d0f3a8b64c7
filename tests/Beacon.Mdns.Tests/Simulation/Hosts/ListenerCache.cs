using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>What a listener believes, by the rules of RFC 6762 §10: lifetimes, the flush bit, goodbyes.</summary>
internal sealed class ListenerCache
{
    /// <summary>Goodbyes and flushed records last one more second (§10.1, §10.2).</summary>
    private const long LastSecond = SimTime.Second;

    private readonly Dictionary<string, List<CachedRecord>> _names = new(StringComparer.OrdinalIgnoreCase);

    public void Take(DecodedMessage message, long now)
    {
        foreach (var record in message.Answers)
        {
            Take(record, now);
        }

        foreach (var record in message.Additionals)
        {
            Take(record, now);
        }
    }

    public bool Has(DecodedRecord wanted, long now) =>
        Under(wanted.Name, now).Any(known => known.Is(wanted));

    /// <summary>All that is believed under a name and not out of date.</summary>
    public IEnumerable<CachedRecord> Under(string name, long now) =>
        _names.TryGetValue(name, out var records) ? records.Where(record => record.ExpiresAt > now) : [];

    public IEnumerable<CachedRecord> All(long now) =>
        _names.Values.SelectMany(records => records).Where(record => record.ExpiresAt > now);

    private void Take(DecodedRecord record, long now)
    {
        if (record.Type is DecodedRecord.Opt)
        {
            return;
        }

        if (!_names.TryGetValue(record.Name, out var records))
        {
            if (record.Ttl == 0)
            {
                return;
            }

            _names.Add(record.Name, records = []);
        }

        CachedRecord? known = null;
        for (var at = records.Count - 1; at >= 0; at--)
        {
            var other = records[at];
            if (other.ExpiresAt <= now)
            {
                records.RemoveAt(at);
            }
            else if (other.Is(record))
            {
                known = other;
            }
            else if (record.Flush && other.Record.Type == record.Type && other.ReceivedAt + LastSecond < now)
            {
                other.ExpiresAt = Math.Min(other.ExpiresAt, now + LastSecond);
            }
        }

        if (record.Ttl == 0)
        {
            if (known is not null)
            {
                known.ExpiresAt = Math.Min(known.ExpiresAt, now + LastSecond);
            }

            return;
        }

        if (known is null)
        {
            records.Add(known = new CachedRecord(record));
        }

        known.Record = record;
        known.ReceivedAt = now;
        known.ExpiresAt = now + (record.Ttl * SimTime.Second);
    }
}
