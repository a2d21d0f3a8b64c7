using Beacon.Registry.Leases;

namespace Beacon.Registry.Services;

/// <summary>One service as it was at one instant: what it said and how its lease stood. A value: no lock, no tearing.</summary>
public readonly record struct ServiceView(ServiceInstance Instance, LeaseState Lease)
{
    public ServiceId Id => Instance.Id;

    public ServiceStatus Status => Lease.Status;

    /// <summary>The later of the last content change and the last heartbeat, as the earlier implementation showed it.</summary>
    public DateTimeOffset UpdatedAt =>
        Lease.LastHeartbeat > Instance.ContentUpdatedAt ? Lease.LastHeartbeat : Instance.ContentUpdatedAt;
}
