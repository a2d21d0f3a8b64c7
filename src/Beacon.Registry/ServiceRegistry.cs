using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Beacon.Registry.Events;
using Beacon.Registry.Indexes;
using Beacon.Registry.Leases;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Registry;

/// <summary>
/// What is registered and until when. The only code that changes either: everything else asks it, or listens to <see cref="Events"/>.
/// </summary>
/// <remarks>
/// Any thread may call anything, except <see cref="Advance"/>, which has one caller. Content and membership change under one gate;
/// renewals take no lock; reads take none. Lock order: gate, then wheel. Nothing is called back while either is held.
/// </remarks>
public sealed partial class ServiceRegistry
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ServiceId, ServiceEntry> _byId = new();
    private readonly KeyIndex _byKey = new();
    private readonly ServiceContent _content = new();
    private readonly ServiceIndexes _indexes = new();
    private readonly RegistryMetrics _metrics = new();
    private readonly LeaseClock _clock;
    private readonly ServiceQuery _query;
    private long _revision;

    public ServiceRegistry(TimeProvider time, RegistryLimits limits, EventHub events)
    {
        Limits = limits;
        Events = events;
        _clock = new LeaseClock(time);
        _query = new ServiceQuery(_indexes, _clock);
        _wheel = new LeaseWheel<ServiceEntry>(_clock.Now / TickLength.Ticks);
    }

    public RegistryLimits Limits { get; }

    public EventHub Events { get; }

    /// <summary>Rises with every visible change (content, status, removal), not with heartbeats. Basis of ETags.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>Services held, expired ones included.</summary>
    public int Count => _indexes.Live.Count + _indexes.Expired.Count;

    /// <summary>
    /// A new service, or the known one with the same name, host and port merged and its lease renewed. Outcomes: Registered, Updated,
    /// LimitReached.
    /// </summary>
    public RegistryChange Register(Registration registration)
    {
        _metrics.Registrations.Add(1);
        lock (_gate)
        {
            var now = _clock.Now;
            return _byKey.TryGetValue(new ServiceKey(registration.Name, registration.Host, registration.Port), out var known)
                ? RegisterAgain(known, registration, now)
                : RegisterNew(registration, now);
        }
    }

    /// <summary>Changes content, never the lease. Outcomes: Updated, UnknownService, IdentityTaken.</summary>
    /// <param name="source">Of the request; for those who keep a log.</param>
    public RegistryChange Update(ServiceId id, ServicePatch patch, IPAddress? source = null)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var entry))
            {
                return new RegistryChange(RegistryOutcome.UnknownService, 0, default);
            }

            var old = entry.Instance;
            var patched = _content.Apply(old, patch, _clock.ToWall(_clock.Now));
            var key = ServiceKey.Of(patched);
            var moves = key != ServiceKey.Of(old);
            if (moves && _byKey.TryGetValue(key, out var other))
            {
                return new RegistryChange(RegistryOutcome.IdentityTaken, 0, other.View(_clock));
            }

            if (moves)
            {
                _byKey.Remove(entry);
            }

            ForgetOutdatedHealth(entry, patched);
            Replace(entry, patched, entry.Status == ServiceStatus.Expired ? ServiceStatus.Expired : StatusByHealth(entry.Health, patched));
            if (moves)
            {
                _byKey.Add(entry);
            }

            return Tell(RegistryOutcome.Updated, RegistryEventKind.Updated, entry, old, source);
        }
    }

    /// <summary>Outcomes: Deregistered, UnknownService.</summary>
    /// <param name="source">Of the request; for those who keep a log.</param>
    public RegistryChange Deregister(ServiceId id, IPAddress? source = null)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var entry))
            {
                return new RegistryChange(RegistryOutcome.UnknownService, 0, default);
            }

            _metrics.Deregistrations.Add(1);
            Remove(entry);
            return Tell(RegistryOutcome.Deregistered, RegistryEventKind.Deregistered, entry, source: source);
        }
    }

    private RegistryChange RegisterNew(Registration registration, long now)
    {
        if (Count >= Limits.MaxServices)
        {
            return new RegistryChange(RegistryOutcome.LimitReached, 0, default);
        }

        var instance = _content.Create(registration, Limits.DefaultTtlSeconds, _clock.ToWall(now));
        var entry = new ServiceEntry(instance, now + LeaseLength(instance.TtlSeconds), now, ServiceStatus.Active);
        Insert(entry);
        return Tell(RegistryOutcome.Registered, RegistryEventKind.Registered, entry, source: registration.SourceAddress);
    }

    private RegistryChange RegisterAgain(ServiceEntry entry, Registration registration, long now)
    {
        var wasExpired = entry.Status == ServiceStatus.Expired;
        var old = entry.Instance;
        var merged = _content.Merge(old, registration, _clock.ToWall(now));
        ForgetOutdatedHealth(entry, merged);

        // One that says it is there while its checks say that it does not work stays unhealthy: the next check decides, and comes at once.
        Replace(entry, merged, StatusByHealth(entry.Health, merged));

        entry.Renew(now, LeaseEndAfter(merged, now, LeaseLength(merged.TtlSeconds)));
        Arm(entry);

        // Those who watch removed it when it expired: for them it is new again.
        return wasExpired
            ? Tell(RegistryOutcome.Registered, RegistryEventKind.Registered, entry, source: registration.SourceAddress)
            : Tell(RegistryOutcome.Updated, RegistryEventKind.Updated, entry, old, registration.SourceAddress);
    }

    private void Insert(ServiceEntry entry)
    {
        _indexes.Add(entry, entry.Status);
        Enter(entry);
    }

    /// <summary>Everywhere but in the indexes.</summary>
    private void Enter(ServiceEntry entry)
    {
        _byKey.Add(entry);
        if (entry.Status != ServiceStatus.Expired)
        {
            Arm(entry);
        }

        var added = _byId.TryAdd(entry.Id, entry);
        Debug.Assert(added, "ids are unique");
        if (entry.Instance.Maintenance is not null)
        {
            FollowMaintenance(entry);
        }
    }

    private void Replace(ServiceEntry entry, ServiceInstance instance, ServiceStatus status)
    {
        _indexes.Remove(entry, entry.Status);
        entry.Instance = instance;
        entry.SetStatus(status);
        _indexes.Add(entry, status);
    }

    private void Remove(ServiceEntry entry)
    {
        entry.IsRemoved = true;
        _byId.TryRemove(entry.Id, out _);
        _byKey.Remove(entry);
        _indexes.Remove(entry, entry.Status);
        Disarm(entry);
        if (entry.Instance.Maintenance is not null)
        {
            FollowMaintenance(entry);
        }
    }

    /// <summary>Every change ends here: one revision, one event, one sequence. Under the gate.</summary>
    private RegistryChange Tell(
        RegistryOutcome outcome, RegistryEventKind kind, ServiceEntry entry, ServiceInstance? previous = null, IPAddress? source = null)
    {
        Interlocked.Increment(ref _revision);
        var view = entry.View(_clock);
        var sequence = Events.Publish(kind, _clock.ToWall(_clock.Now), view, previous: previous, source: source);
        return new RegistryChange(outcome, sequence, view);
    }
}
