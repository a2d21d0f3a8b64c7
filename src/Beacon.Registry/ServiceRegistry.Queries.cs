using Beacon.Registry.Indexes;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Registry;

// Reading: from snapshots, without a lock.
public sealed partial class ServiceRegistry
{
    public bool TryGet(ServiceId id, out ServiceView view)
    {
        if (_byId.TryGetValue(id, out var entry))
        {
            view = entry.View(_clock);
            return true;
        }

        view = default;
        return false;
    }

    /// <param name="skip">Matches to pass over.</param>
    /// <param name="limit">Matches to return at most.</param>
    public ServicePage Query(ServiceFilter filter, int skip, int limit)
    {
        // Before the walk: a change during it makes the revision look old, never the page look newer than it is.
        var revision = Revision;
        var (services, total) = _query.Run(filter, skip, limit);
        return new ServicePage(services, total, revision);
    }

    /// <summary>All matches, in the order of <see cref="Query"/>, as they were when the first was asked for; leases and status as they are when each is.</summary>
    public IEnumerable<ServiceView> Walk(ServiceFilter filter) => _query.Walk(filter);

    /// <summary>Everything, expired services included, in creation order. For stores and announcers that (re)synchronise.</summary>
    public IReadOnlyList<ServiceView> Snapshot()
    {
        EntrySnapshot liveNow, expiredNow;
        lock (_gate)
        {
            // Together: a service that expires or comes back in between would be in both, or worse, in neither.
            liveNow = _indexes.Live.Snapshot;
            expiredNow = _indexes.Expired.Snapshot;
        }

        var live = new EntryEnumerator(liveNow);
        var expired = new EntryEnumerator(expiredNow);
        var services = new List<ServiceView>(Count);
        bool hasLive = live.MoveNext(), hasExpired = expired.MoveNext();
        while (hasLive || hasExpired)
        {
            var takeLive = !hasExpired || (hasLive && EntryOrder.Compare(live.Current, expired.Current) < 0);
            services.Add((takeLive ? live.Current : expired.Current).View(_clock));
            hasLive = takeLive ? live.MoveNext() : hasLive;
            hasExpired = takeLive ? hasExpired : expired.MoveNext();
        }

        return services;
    }

    /// <summary>Distinct types of services that are not expired, sorted ordinally.</summary>
    public IReadOnlyList<string> Types() => _indexes.Types.Words();

    /// <summary>Distinct tags of services that are not expired, sorted ordinally.</summary>
    public IReadOnlyList<string> Tags() => _indexes.Tags.Words();

    public RegistryCounts Counts()
    {
        int active = _indexes.Active.Count, unhealthy = _indexes.Unhealthy.Count, expired = _indexes.Expired.Count;
        return new RegistryCounts(active + unhealthy + expired, active, unhealthy, expired);
    }
}
