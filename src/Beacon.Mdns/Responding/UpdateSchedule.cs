using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Announces changed data of names we hold, without asking for the name again (RFC 6762 §8.4): gathered for a tenth of a second, at
/// most ten times a minute per name, the last state wins.
/// </summary>
internal sealed class UpdateSchedule(EngineCore core)
{
    private readonly PriorityQueue<OwnedName, long> _changes = new();

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    /// <summary>The name's records were replaced; answers give the new data from now on.</summary>
    public void OnChanged(OwnedName name, long now)
    {
        if (name.Updates.IsPending)
        {
            return;
        }

        name.Updates.IsPending = true;
        var due = Math.Max(now + MdnsTimings.UpdateCoalescing.Ticks, name.Updates.NextFree(now));
        _changes.Enqueue(name, due);
        NextDue = Math.Min(NextDue, due);
    }

    public void OnTimer(long now)
    {
        while (_changes.TryPeek(out var name, out var due) && due <= now)
        {
            _changes.Dequeue();
            name.Updates.IsPending = false;
            name.Updates.Take(now);
            Announce(name, now);
        }

        NextDue = _changes.TryPeek(out _, out var next) ? next : MdnsTimings.Idle;
    }

    private void Announce(OwnedName name, long now)
    {
        for (var at = 0; at < core.Links.Count; at++)
        {
            var link = core.Links[at];
            if (!name.IsHeldOn(link))
            {
                continue;
            }

            foreach (var record in name.Records)
            {
                if (record.On(link).LastMulticast == MdnsTimings.Never || BelongsToChangedSet(name, record, link))
                {
                    link.Announcer.Announce(record, now);
                }
            }
        }
    }

    /// <summary>A set goes out whole (§10.2): one new address takes the known ones along.</summary>
    private static bool BelongsToChangedSet(OwnedName name, MdnsRecord record, LinkState link)
    {
        foreach (var other in name.Records)
        {
            if (other.Type == record.Type && other.IsAnswerable(link) && other.On(link).LastMulticast == MdnsTimings.Never)
            {
                return true;
            }
        }

        return false;
    }
}
