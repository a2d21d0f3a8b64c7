using System.Runtime.InteropServices;
using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Indexes;
using Beacon.Registry.Services;

namespace Beacon.Registry;

// Filling an empty registry from what a store held.
public sealed partial class ServiceRegistry
{
    /// <summary>
    /// Longest time a lease has at least after a start, whether it ran out while nobody could have renewed it or would end soon: one usual
    /// lease, so that a client that is alive has had a full chance, and a dead one is not announced for an hour. A heartbeat that was
    /// answered and not yet stored when the process died is so forgotten without harm.
    /// </summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Takes over what a store held, without events; a second record of the same name, host and port is passed over. Ends of leases are
    /// kept, with two exceptions: none comes sooner than min(ttl, <see cref="LongestGrace"/>) from now, and apart from that no lease is longer
    /// than it was when it was written, because the wall clock may stand in the past until the network sets it.
    /// </summary>
    /// <returns>How many were taken.</returns>
    public int Load(IEnumerable<ServiceView> stored)
    {
        lock (_gate)
        {
            var now = _clock.Now;
            var taken = new List<ServiceEntry>();
            foreach (var view in stored)
            {
                var key = ServiceKey.Of(view.Instance);
                if (_byKey.TryGetValue(key, out _) || _byId.ContainsKey(view.Id))
                {
                    continue;
                }

                var entry = Restore(view, now);
                Enter(entry);
                taken.Add(entry);
            }

            // All at once: each list of the indexes is built once instead of grown a hundred thousand times.
            var entries = CollectionsMarshal.AsSpan(taken);
            EntryOrder.Sort(entries);
            _indexes.AddAll(entries);
            Interlocked.Increment(ref _revision);
            return taken.Count;
        }
    }

    /// <summary>
    /// Takes over a service that a store turned out to hold while the registry was at work, by the rules of <see cref="Load"/>, and tells
    /// of it. One that is registered stays as it is; an expired one of the same name, host and port gives way. Outcomes: Registered,
    /// IdentityTaken, LimitReached.
    /// </summary>
    /// <returns>For IdentityTaken the service that has the name, host and port.</returns>
    public RegistryChange Adopt(ServiceView stored)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(stored.Id, out var known))
            {
                return new RegistryChange(RegistryOutcome.Registered, 0, known.View(_clock));
            }

            if (_byKey.TryGetValue(ServiceKey.Of(stored.Instance), out var holder))
            {
                if (holder.Status != ServiceStatus.Expired)
                {
                    return new RegistryChange(RegistryOutcome.IdentityTaken, 0, holder.View(_clock));
                }

                Remove(holder);
                Tell(RegistryOutcome.Deregistered, RegistryEventKind.Removed, holder);
            }

            if (Count >= Limits.MaxServices)
            {
                return new RegistryChange(RegistryOutcome.LimitReached, 0, default);
            }

            var entry = Restore(stored, _clock.Now);
            Insert(entry);

            // An expired one is for the record only: nobody is told that it came.
            return entry.Status == ServiceStatus.Expired
                ? Tell(RegistryOutcome.Registered, RegistryEventKind.Updated, entry, entry.Instance)
                : Tell(RegistryOutcome.Registered, RegistryEventKind.Registered, entry);
        }
    }

    private ServiceEntry Restore(ServiceView view, long now)
    {
        var end = _clock.FromWall(view.Lease.ExpiresAt);
        var lastHeartbeat = Math.Min(now, _clock.FromWall(view.Lease.LastHeartbeat));
        if (view.Status == ServiceStatus.Expired)
        {
            return new ServiceEntry(view.Instance, Math.Min(end, now), lastHeartbeat, ServiceStatus.Expired);
        }

        var length = (view.Lease.ExpiresAt - view.Lease.LastHeartbeat).Ticks;
        var longest = length > 0 ? length : LeaseLength(view.Instance.TtlSeconds);
        var grace = now + Math.Min(LeaseLength(view.Instance.TtlSeconds), LongestGrace.Ticks);
        end = Math.Max(Math.Min(end, now + longest), grace);

        // What was unhealthy is until a check passes; without checks nothing would ever say that it is well again.
        var isDown = view.Status == ServiceStatus.Unhealthy && view.Instance.HealthCheck.IsInForce;
        return new ServiceEntry(view.Instance, end, lastHeartbeat, isDown ? ServiceStatus.Unhealthy : ServiceStatus.Active)
        {
            Health = isDown ? KnownToBeDown(view.Instance) : null,
        };
    }

    private static HealthState KnownToBeDown(ServiceInstance service) => HealthState.Unchecked with
    {
        Status = HealthStatus.Unhealthy,
        Observed = HealthStatus.Unhealthy,
        ConsecutiveFailures = service.HealthCheck.Retries,
    };
}
