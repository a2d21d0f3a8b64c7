using Beacon.Mdns.Querying;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Browsing;

/// <summary>
/// Follows pointers from types to instances (RFC 6763 §4), asks where each instance is and what it says of itself, and tells it once that
/// is known. Each link is looked at alone: an address of one never answers for another (RFC 6762 §14).
/// </summary>
internal sealed class ServiceBrowser : IBrowseSession
{
    private readonly QueryEngine _engine;
    private readonly BrowseTarget _target;
    private readonly IBrowseObserver _observer;
    private readonly Dictionary<(QueryLink Link, QuestionKey Name), Sighting> _sightings = [];
    private readonly Dictionary<(QueryLink Link, QuestionKey Host), List<Sighting>> _byHost = [];
    private readonly DueHeap<Sighting> _due = new();
    private int _types;

    public ServiceBrowser(QueryEngine engine, BrowseTarget target, IBrowseObserver observer, long now)
    {
        (_engine, _target, _observer) = (engine, target, observer);
        if (target.Kind == BrowseKind.Instance)
        {
            engine.WantEverywhere(target.Name, RecordType.Srv, now);
            engine.WantEverywhere(target.Name, RecordType.Txt, now);
        }
        else
        {
            engine.WantEverywhere(target.Name, RecordType.Ptr, now);
        }
    }

    public long NextDue => _due.NextDue;

    public int Answers { get; private set; }

    public void OnRecord(QueryLink link, CachedRecord record, long now)
    {
        switch (record.Type)
        {
            case RecordType.Ptr when IsListOfTypes(record):
                OnType(link, record, now);
                break;
            case RecordType.Ptr when link.TryFind(record.Name, RecordType.Ptr, out _):
                See(link, record.Rdata, record, now);
                break;
            case RecordType.Srv or RecordType.Txt:
                if (_target.Kind == BrowseKind.Instance && record.Type == RecordType.Srv && WireName.Equals(record.Name, _target.Name))
                {
                    See(link, record.Name, record, now);
                }

                OnDetail(link, record.Name, now);
                break;
            case RecordType.A or RecordType.Aaaa or RecordType.Nsec:
                TouchHost(link, record.Name, now);
                break;
        }
    }

    public void OnGone(QueryLink link, CachedRecord record, long now)
    {
        switch (record.Type)
        {
            case RecordType.Ptr when IsListOfTypes(record):
                if (link.TryFind(record.Rdata, RecordType.Ptr, out _))
                {
                    _types--;
                    _engine.Forget(link, record.Rdata, RecordType.Ptr);
                }

                break;
            case RecordType.Ptr:
                Lose(link, record.Rdata, record, now);
                break;
            case RecordType.Srv or RecordType.Txt:
                if (_target.Kind == BrowseKind.Instance && record.Type == RecordType.Srv && WireName.Equals(record.Name, _target.Name))
                {
                    Lose(link, record.Name, record, now);
                }

                OnDetail(link, record.Name, now);
                break;
            case RecordType.A or RecordType.Aaaa:
                TouchHost(link, record.Name, now);
                break;
        }
    }

    public void OnTimer(long now)
    {
        while (_due.First is { } sighting && sighting.Due <= now)
        {
            Tell(sighting, now);
        }
    }

    private static (QueryLink Link, QuestionKey Name) KeyOf(QueryLink link, byte[] name) => (link, new QuestionKey(name, RecordType.None));

    private bool IsListOfTypes(CachedRecord record) => _target.Kind == BrowseKind.Everything && WireName.Equals(record.Name, _target.Name);

    private void OnType(QueryLink link, CachedRecord record, long now)
    {
        if (_types < QuerierLimits.Types && !WireName.Equals(record.Rdata, _target.Name))
        {
            _types++;
            _engine.Want(link, record.Rdata, RecordType.Ptr, now);

            // Instances may have been heard of before their type was.
            foreach (var pointer in link.Cache.Find(record.Rdata, RecordType.Ptr)?.Records ?? [])
            {
                See(link, pointer.Rdata, pointer, now);
            }
        }
    }

    /// <param name="pointer">The record that leads there.</param>
    private void See(QueryLink link, byte[] name, CachedRecord pointer, long now)
    {
        var key = KeyOf(link, name);
        if (!_sightings.TryGetValue(key, out var sighting))
        {
            if (!ServiceName.TrySplit(name, out var parts))
            {
                return;
            }

            sighting = new Sighting(link, name, parts, now);
            _sightings.Add(key, sighting);
            _engine.Want(link, name, RecordType.Srv, now);
            _engine.Want(link, name, RecordType.Txt, now);
            Aim(sighting, now);
            Touch(sighting, now);
        }

        sighting.Pointers.Add(pointer);
    }

    private void Lose(QueryLink link, byte[] name, CachedRecord pointer, long now)
    {
        if (!_sightings.TryGetValue(KeyOf(link, name), out var sighting)
            || !sighting.Pointers.Remove(pointer) || sighting.Pointers.Count > 0)
        {
            return;
        }

        _sightings.Remove(KeyOf(link, name));
        _due.Remove(sighting);
        _engine.Forget(link, name, RecordType.Srv);
        _engine.Forget(link, name, RecordType.Txt);
        Aim(sighting, null, now);
        if (sighting.Told is { } told)
        {
            Answers -= told.IsResolved ? 1 : 0;
            _observer.OnService(BrowseEvent.Gone, told);
        }
    }

    private void OnDetail(QueryLink link, byte[] name, long now)
    {
        if (_sightings.TryGetValue(KeyOf(link, name), out var sighting))
        {
            Aim(sighting, now);
            Touch(sighting, now);
        }
    }

    /// <summary>Asks for the addresses of the host the SRV record names now.</summary>
    private void Aim(Sighting sighting, long now)
    {
        Aim(sighting, KnownRecords.TryFindPlace(sighting.Link, sighting.Name, out var place) ? place.Target.ToArray() : null, now);
    }

    private void Aim(Sighting sighting, byte[]? host, long now)
    {
        if (sighting.Target is { } before)
        {
            if (host is not null && WireName.Equals(before, host))
            {
                return;
            }

            var others = _byHost[KeyOf(sighting.Link, before)];
            others.Remove(sighting);
            if (others.Count == 0)
            {
                _byHost.Remove(KeyOf(sighting.Link, before));
            }

            _engine.Forget(sighting.Link, before, RecordType.A);
            _engine.Forget(sighting.Link, before, RecordType.Aaaa);
        }

        sighting.Target = host;
        if (host is not null)
        {
            var key = KeyOf(sighting.Link, host);
            if (!_byHost.TryGetValue(key, out var sightings))
            {
                _byHost.Add(key, sightings = []);
            }

            sightings.Add(sighting);
            _engine.Want(sighting.Link, host, RecordType.A, now);
            _engine.Want(sighting.Link, host, RecordType.Aaaa, now);
        }
    }

    private void TouchHost(QueryLink link, byte[] host, long now)
    {
        foreach (var sighting in _byHost.GetValueOrDefault(KeyOf(link, host)) ?? [])
        {
            Touch(sighting, now);
        }
    }

    /// <summary>Something about it changed; it is told when no more changes come, or after a second of them.</summary>
    private void Touch(Sighting sighting, long now)
    {
        sighting.ChangedAt = Math.Min(sighting.ChangedAt, now);
        sighting.Due = Math.Min(now + QuerierTimings.SettleDelay.Ticks, sighting.ChangedAt + QuerierTimings.SettleLimit.Ticks);
        _due.Update(sighting);
    }

    private void Tell(Sighting sighting, long now)
    {
        var service = Describe(sighting);
        if (sighting.Told is null && WaitUntil(sighting, service) is var until && until > now)
        {
            sighting.Due = until;
            _due.Update(sighting);
            return;
        }

        sighting.ChangedAt = MdnsTimings.Idle;
        sighting.Due = MdnsTimings.Idle;
        _due.Remove(sighting);
        if (service.Equals(sighting.Told))
        {
            return;
        }

        Answers += (service.IsResolved ? 1 : 0) - (sighting.Told is { IsResolved: true } ? 1 : 0);
        var what = sighting.Told is null ? BrowseEvent.Found : BrowseEvent.Changed;
        sighting.Told = service;
        _observer.OnService(what, service);
    }

    /// <summary>A first report is worth waiting for, until it is whole or surely will not be.</summary>
    private static long WaitUntil(Sighting sighting, BrowsedService service)
    {
        var limit = sighting.FoundAt + QuerierTimings.UnresolvedLimit.Ticks;
        if (!service.IsResolved || KnownRecords.Newest(sighting.Link, sighting.Name, RecordType.Txt) is null)
        {
            return limit;
        }

        return KnownRecords.HasBothFamilies(sighting.Link, sighting.Target!)
            ? MdnsTimings.Never
            : Math.Min(sighting.FoundAt + QuerierTimings.OtherFamily.Ticks, limit);
    }

    private static BrowsedService Describe(Sighting sighting)
    {
        var (link, parts) = (sighting.Link, sighting.Parts);
        var port = KnownRecords.TryFindPlace(link, sighting.Name, out var place) ? place.Port : 0;
        var txt = KnownRecords.Newest(link, sighting.Name, RecordType.Txt);
        return new BrowsedService(
            link.Info.Name,
            WireName.ToText(sighting.Name),
            parts.Instance,
            parts.Type,
            parts.Domain,
            sighting.Target is { } host ? WireName.ToText(host) : "",
            port,
            sighting.Target is { } target ? KnownRecords.Addresses(link, target) : [],
            txt is null ? [] : TxtPair.Read(txt.Rdata));
    }
}
