using System.Net;
using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Registry;

// What health checks found out, and planned interruptions.
public sealed partial class ServiceRegistry
{
    private const long NoMaintenance = long.MaxValue;

    private readonly Dictionary<ServiceId, ServiceEntry> _inMaintenance = [];

    /// <summary>Instant at which the next maintenance ends; written under the gate.</summary>
    private long _nextMaintenanceEnd = NoMaintenance;

    /// <summary>
    /// Takes in one check's result: the status follows it, and one that passed renews the lease where health is a source of it; an expired
    /// service comes back so. A result never shortens a lease. Outcomes: Updated, UnknownService, Outdated.
    /// </summary>
    /// <param name="checkedAs">The content the check went by: a result about another address or question does not count.</param>
    /// <returns>Sequence 0 when nothing changed that anybody is told of. The service as it is now, its health included.</returns>
    public RegistryChange ReportHealth(ServiceInstance checkedAs, in CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(checkedAs);
        lock (_gate)
        {
            if (!_byId.TryGetValue(checkedAs.Id, out var entry))
            {
                return new RegistryChange(RegistryOutcome.UnknownService, 0, default);
            }

            if (!entry.Instance.IsCheckedLike(checkedAs))
            {
                return new RegistryChange(RegistryOutcome.Outdated, 0, entry.View(_clock));
            }

            var now = _clock.Now;
            var before = entry.Health ?? HealthState.Unchecked;
            var after = HealthJudge.Next(before, result, entry.Instance.HealthCheck.Retries, now);
            entry.Health = after;
            if (result.Passed && entry.Instance.LeaseSource != LeaseSource.Heartbeat)
            {
                RenewByHealth(entry, now);
            }

            if (entry.Status == ServiceStatus.Expired)
            {
                // Those who watch have taken it off their lists; its health is theirs again when it comes back.
                return new RegistryChange(RegistryOutcome.Updated, 0, entry.View(_clock));
            }

            var status = StatusByHealth(after, entry.Instance);
            if (status != entry.Status)
            {
                Replace(entry, entry.Instance, status);
            }

            if (after.Status == before.Status && after.IsFlapping == before.IsFlapping)
            {
                return new RegistryChange(RegistryOutcome.Updated, 0, entry.View(_clock));
            }

            _metrics.HealthChanges.Add(1);
            return Tell(RegistryOutcome.Updated, RegistryEventKind.HealthChanged, entry);
        }
    }

    /// <summary>Begins, changes or (null) ends a planned interruption. Outcomes: Updated, UnknownService.</summary>
    /// <param name="source">Of the request; for those who keep a log.</param>
    public RegistryChange SetMaintenance(ServiceId id, Maintenance? maintenance, IPAddress? source = null)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var entry))
            {
                return new RegistryChange(RegistryOutcome.UnknownService, 0, default);
            }

            var old = entry.Instance;
            Replace(entry, old with { Maintenance = maintenance, ContentUpdatedAt = _clock.ToWall(_clock.Now) }, entry.Status);
            FollowMaintenance(entry);
            var now = _clock.Now;
            if (entry.Status != ServiceStatus.Expired && (maintenance ?? old.Maintenance) is not null)
            {
                entry.MoveEnd(LeaseEndAfter(entry.Instance, now, LeaseLength(entry.Instance.TtlSeconds)));
                Arm(entry);
            }

            return Tell(RegistryOutcome.Updated, RegistryEventKind.Updated, entry, old, source);
        }
    }

    /// <summary>The end that a renewal sets: not before a planned interruption is over and one usual lease has passed.</summary>
    private long LeaseEndAfter(ServiceInstance service, long now, long length)
    {
        var end = now + length;
        return service.Maintenance is { } maintenance
            ? Math.Max(end, _clock.FromWall(maintenance.Until) + LeaseLength(service.TtlSeconds))
            : end;
    }

    /// <summary>Of a service whose lease runs.</summary>
    private static ServiceStatus StatusByHealth(HealthState? health, ServiceInstance service) =>
        health?.Status == HealthStatus.Unhealthy && service.HealthCheck.IsInForce ? ServiceStatus.Unhealthy : ServiceStatus.Active;

    private void RenewByHealth(ServiceEntry entry, long now)
    {
        _metrics.HealthRenewals.Add(1);
        entry.Prolong(now, LeaseEndAfter(entry.Instance, now, LeaseLength(HealthLease.Seconds(entry.Instance))));
        if (entry.Status == ServiceStatus.Expired)
        {
            Revive(entry);
        }

        _renewed.Push(entry);
    }

    /// <summary>What was found out about another address or another question says nothing about this one. Under the gate.</summary>
    private static void ForgetOutdatedHealth(ServiceEntry entry, ServiceInstance next)
    {
        if (!next.HealthCheck.IsInForce || !next.IsCheckedLike(entry.Instance))
        {
            entry.Health = null;
        }
    }

    /// <summary>Keeps <see cref="_inMaintenance"/> true to the entry. Under the gate.</summary>
    private void FollowMaintenance(ServiceEntry entry)
    {
        if (entry.Instance.Maintenance is null || entry.IsRemoved)
        {
            _inMaintenance.Remove(entry.Id);
        }
        else
        {
            _inMaintenance[entry.Id] = entry;
        }

        FindNextMaintenanceEnd();
    }

    private void FindNextMaintenanceEnd()
    {
        var next = NoMaintenance;
        foreach (var entry in _inMaintenance.Values)
        {
            next = Math.Min(next, _clock.FromWall(entry.Instance.Maintenance!.Until));
        }

        Volatile.Write(ref _nextMaintenanceEnd, next);
    }

    private void EndMaintenances(long now)
    {
        if (now < Volatile.Read(ref _nextMaintenanceEnd))
        {
            return;
        }

        lock (_gate)
        {
            var over = new List<ServiceEntry>();
            foreach (var entry in _inMaintenance.Values)
            {
                if (_clock.FromWall(entry.Instance.Maintenance!.Until) <= now)
                {
                    over.Add(entry);
                }
            }

            foreach (var entry in over)
            {
                var old = entry.Instance;
                Replace(entry, old with { Maintenance = null, ContentUpdatedAt = _clock.ToWall(now) }, entry.Status);
                if (entry.Status != ServiceStatus.Expired)
                {
                    // It outlasts this by one usual lease. When the wall clock stood in the past meanwhile, heartbeats made it longer than any lease may be.
                    entry.MoveEnd(Math.Min(entry.LeaseEnd, now + LeaseLength(ServiceLimits.MaxTtl)));
                    Arm(entry);
                }

                _inMaintenance.Remove(entry.Id);
                Tell(RegistryOutcome.Updated, RegistryEventKind.Updated, entry, old);
            }

            FindNextMaintenanceEnd();
        }
    }
}
