using Beacon.Registry.Health;
using Beacon.Registry.Leases;

namespace Beacon.Registry.Services;

/// <summary>One service as it was at one instant: what it said, how its lease stood and how it was. A value: no lock, no tearing.</summary>
/// <param name="Health">Null while nothing was found out in this run.</param>
public readonly record struct ServiceView(ServiceInstance Instance, LeaseState Lease, HealthState? Health = null)
{
    public ServiceId Id => Instance.Id;

    public ServiceStatus Status => Lease.Status;

    /// <summary>The later of the last content change and the last heartbeat, as the earlier implementation showed it.</summary>
    public DateTimeOffset UpdatedAt =>
        Lease.LastHeartbeat > Instance.ContentUpdatedAt ? Lease.LastHeartbeat : Instance.ContentUpdatedAt;
}
