using Beacon.Registry.Events;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Registry;

// Contract first: the bodies follow in the next commit.
public sealed class ServiceRegistry(TimeProvider time, RegistryLimits limits, EventHub events)
{
    public RegistryLimits Limits { get; } = limits;

    public EventHub Events { get; } = events;

    public TimeProvider Time { get; } = time;

    /// <summary>Rises with every visible change (content, status, removal), not with heartbeats. Basis of ETags.</summary>
    public long Revision => throw new NotSupportedException();

    /// <summary>Services held, expired ones included.</summary>
    public int Count => throw new NotSupportedException();

    public RegistryChange Register(Registration registration) => throw new NotSupportedException();

    /// <summary>Takes no lock that registration takes and allocates nothing. Renewed, or UnknownService.</summary>
    /// <param name="ttlSeconds">For this renewal only, not stored; null: the service's own.</param>
    public RegistryOutcome Renew(ServiceId id, int? ttlSeconds, out ServiceView view) => throw new NotSupportedException();

    public RegistryChange Update(ServiceId id, ServicePatch patch) => throw new NotSupportedException();

    public RegistryChange Deregister(ServiceId id) => throw new NotSupportedException();

    /// <summary>Removes services that expired at least <paramref name="retention"/> ago; returns how many, and publishes CleanedUp when any.</summary>
    public RegistryChange CleanUp(TimeSpan retention, out int removed) => throw new NotSupportedException();

    /// <summary>
    /// One tick: expires what is due and publishes coalesced renewals. Called by one thread at a time, every 50–100 ms.
    /// Returns how many leases ended.
    /// </summary>
    public int Advance() => throw new NotSupportedException();

    public bool TryGet(ServiceId id, out ServiceView view) => throw new NotSupportedException();

    public ServicePage Query(ServiceFilter filter, int skip, int limit) => throw new NotSupportedException();

    /// <summary>Everything, expired services included, in creation order. For stores and announcers that (re)synchronise.</summary>
    public IReadOnlyList<ServiceView> Snapshot() => throw new NotSupportedException();

    /// <summary>Distinct types of services that are not expired, sorted ordinally.</summary>
    public IReadOnlyList<string> Types() => throw new NotSupportedException();

    /// <summary>Distinct tags of services that are not expired, sorted ordinally.</summary>
    public IReadOnlyList<string> Tags() => throw new NotSupportedException();

    public RegistryCounts Counts() => throw new NotSupportedException();

    /// <summary>
    /// Fills an empty registry from the store, without events. A lease that ran out while Beacon was down gets one grace of
    /// min(ttl, 300 s) from now; one that expired before (status Expired) stays expired.
    /// </summary>
    public void Load(IEnumerable<ServiceView> stored) => throw new NotSupportedException();
}
