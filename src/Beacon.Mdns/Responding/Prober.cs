using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Asks three times whether somebody else has the names we want on one link, and claims them if nobody says so (RFC 6762 §8.1).
/// </summary>
internal sealed class Prober(LinkState link, EngineCore core)
{
    private readonly List<ProbeGroup> _groups = [];
    private readonly List<OwnedName> _current = [];

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    /// <summary>Begins, or begins again, after a random part of the start window.</summary>
    public void Start(OwnedName name, long now) =>
        Join(name, now, now + core.Random.NextInt64(MdnsTimings.ProbeStartWindow.Ticks + 1), MdnsTimings.ProbeStartWindow.Ticks);

    /// <summary>Begins again at a given time: at once for a name under attack (§9), a second later after a lost tie-break (§8.2).</summary>
    public void StartAt(OwnedName name, long due) => Join(name, due, due, 0);

    public void Stop(OwnedName name) => name.ClaimOn(link) = default;

    public void OnTimer(long now)
    {
        for (var at = _groups.Count - 1; at >= 0; at--)
        {
            var group = _groups[at];
            if (group.Due > now)
            {
                continue;
            }

            if (group.Sent == MdnsTimings.ProbeCount)
            {
                _groups.RemoveAt(at);
                Claim(group, now);
                continue;
            }

            if (!Probe(group, now))
            {
                _groups.RemoveAt(at);
            }
        }

        Reschedule();
    }

    private void Join(OwnedName name, long earliest, long wanted, long window)
    {
        var group = OpenGroup(earliest, earliest + window);
        if (group is null)
        {
            group = Create(earliest, wanted);
            Reschedule();
        }

        if (name.ClaimOn(link).Group == group)
        {
            return;
        }

        group.Names.Add(name);
        name.ClaimOn(link) = new Claim { State = ClaimState.Probing, Group = group };
    }

    private ProbeGroup? OpenGroup(long from, long to)
    {
        foreach (var group in _groups)
        {
            if (group.IsOpen && group.Due >= from && (group.Due <= to || group.IsOverflow))
            {
                return group;
            }
        }

        return null;
    }

    /// <summary>Behind the full groups of the same start, each after its share of the link: thousands of services must not start in one burst.</summary>
    private ProbeGroup Create(long earliest, long wanted)
    {
        var due = wanted;
        foreach (var group in _groups)
        {
            if (group.Sent == 0 && !group.IsOpen && group.Due >= earliest)
            {
                due = Math.Max(due, group.Due + AirTime(group));
            }
        }

        var created = new ProbeGroup(due, isOverflow: due > wanted);
        _groups.Add(created);
        return created;
    }

    /// <summary>How long the link is reserved for what this group will send: all its probes and all its announcements, on both families.</summary>
    private long AirTime(ProbeGroup group)
    {
        var bytes = 0L;
        foreach (var name in group.Names)
        {
            foreach (var record in name.Records)
            {
                bytes += MdnsLimits.RecordBytes + record.Rdata.Length;
            }

            // Its name, once in full in each packet; and what points to it, in announcements only, which is near enough.
            bytes += name.Name.Length + ((MdnsLimits.RecordBytes + MdnsLimits.RecordBytes) * name.Pointers.Count);
        }

        var copies = MdnsTimings.ProbeCount + MdnsTimings.AnnouncementGaps.Length + 1;
        var families = (link.Info.HasIPv4 ? 1 : 0) + (link.Info.HasIPv6 ? 1 : 0);
        return bytes * copies * families * TimeSpan.TicksPerSecond / MdnsLimits.AnnouncingBytesPerSecond;
    }

    private bool Probe(ProbeGroup group, long now)
    {
        _current.Clear();
        foreach (var name in group.Names)
        {
            if (IsMember(name, group))
            {
                _current.Add(name);
            }
        }

        if (_current.Count == 0)
        {
            return false;
        }

        core.Queries.SendProbes(link, _current);
        if (!core.SharesPort)
        {
            link.AskedForUnicastAt = now;
        }

        group.Sent++;

        // Counted from the real instant: a late timer must not make the next gap shorter than 250 ms.
        group.Due = now + MdnsTimings.ProbeGap.Ticks;
        return true;
    }

    private void Claim(ProbeGroup group, long now)
    {
        foreach (var name in group.Names)
        {
            if (!IsMember(name, group))
            {
                continue;
            }

            name.ClaimOn(link) = new Claim { State = ClaimState.Held };
            link.Announcer.Announce(name, now);
            name.Claimant?.OnHeld(name, link, now);
        }
    }

    private bool IsMember(OwnedName name, ProbeGroup group) => name.ClaimOn(link).Group == group;

    private void Reschedule()
    {
        NextDue = MdnsTimings.Idle;
        foreach (var group in _groups)
        {
            NextDue = Math.Min(NextDue, group.Due);
        }
    }
}
