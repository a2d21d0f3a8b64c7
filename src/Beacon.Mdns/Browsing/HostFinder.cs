using System.Net;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Browsing;

/// <summary>The addresses of a host name, through its aliases, or the name of an address; on each link.</summary>
internal sealed class HostFinder : IBrowseSession
{
    private readonly QueryEngine _engine;
    private readonly BrowseTarget _target;
    private readonly IBrowseObserver _observer;
    private readonly Dictionary<QueryLink, HostSighting> _sightings = [];
    private readonly DueHeap<HostSighting> _due = new();

    public HostFinder(QueryEngine engine, BrowseTarget target, IBrowseObserver observer, long now)
    {
        (_engine, _target, _observer) = (engine, target, observer);
        if (target.Kind == BrowseKind.Address)
        {
            engine.WantEverywhere(target.Name, RecordType.Ptr, now);
        }
        else
        {
            engine.WantEverywhere(target.Name, RecordType.A, now);
            engine.WantEverywhere(target.Name, RecordType.Aaaa, now);
        }
    }

    public long NextDue => _due.NextDue;

    public int Answers { get; private set; }

    public void OnRecord(QueryLink link, CachedRecord record, long now)
    {
        var isStart = WireName.Equals(record.Name, _target.Name);
        if (!_sightings.TryGetValue(link, out var sighting))
        {
            if (!isStart)
            {
                return;
            }

            sighting = new HostSighting(link, _target.Name, now);
            _sightings.Add(link, sighting);
        }

        if (!sighting.Names.Exists(x => WireName.Equals(x, record.Name)))
        {
            return;
        }

        var leadsOn = record.Type == (_target.Kind == BrowseKind.Address ? RecordType.Ptr : RecordType.Cname);
        if (leadsOn && sighting.Names.Count <= QuerierLimits.Aliases && !sighting.Names.Exists(x => WireName.Equals(x, record.Rdata)))
        {
            sighting.Names.Add(record.Rdata);
            if (_target.Kind == BrowseKind.Host)
            {
                _engine.Want(link, record.Rdata, RecordType.A, now);
                _engine.Want(link, record.Rdata, RecordType.Aaaa, now);
            }
        }

        Touch(sighting, now);
    }

    public void OnGone(QueryLink link, CachedRecord record, long now)
    {
        if (_sightings.TryGetValue(link, out var sighting) && sighting.Names.Exists(x => WireName.Equals(x, record.Name)))
        {
            Touch(sighting, now);
        }
    }

    public void OnTimer(long now)
    {
        while (_due.First is { } sighting && sighting.Due <= now)
        {
            Tell(sighting, now);
        }
    }

    private void Touch(HostSighting sighting, long now)
    {
        sighting.Due = now + QuerierTimings.SettleDelay.Ticks;
        _due.Update(sighting);
    }

    private void Tell(HostSighting sighting, long now)
    {
        var host = _target.Kind == BrowseKind.Address ? DescribeAddress(sighting) : DescribeHost(sighting);
        var until = sighting.FoundAt + QuerierTimings.OtherFamily.Ticks;
        if (sighting.Told is null && _target.Kind == BrowseKind.Host && until > now && !KnownRecords.HasBothFamilies(sighting.Link, sighting.Names[^1]))
        {
            sighting.Due = until;
            _due.Update(sighting);
            return;
        }

        sighting.Due = MdnsTimings.Idle;
        _due.Remove(sighting);
        if (Equals(host, sighting.Told))
        {
            return;
        }

        var before = sighting.Told;
        sighting.Told = host;
        Answers += (host is null ? 0 : 1) - (before is null ? 0 : 1);
        _observer.OnHost(host is null ? BrowseEvent.Gone : before is null ? BrowseEvent.Found : BrowseEvent.Changed, host ?? before!);
    }

    /// <summary>Null when no address is known.</summary>
    private static BrowsedHost? DescribeHost(HostSighting sighting)
    {
        foreach (var name in sighting.Names)
        {
            if (KnownRecords.Addresses(sighting.Link, name) is { Count: > 0 } addresses)
            {
                return new BrowsedHost(sighting.Link.Info.Name, WireName.ToText(name), addresses);
            }
        }

        return null;
    }

    private BrowsedHost? DescribeAddress(HostSighting sighting) =>
        KnownRecords.Newest(sighting.Link, _target.Name, RecordType.Ptr) is { } pointer
            ? new BrowsedHost(sighting.Link.Info.Name, WireName.ToText(pointer.Rdata), [_target.Address ?? IPAddress.None])
            : null;
}
