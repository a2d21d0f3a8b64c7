using Beacon.Registry.Health;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Registry;

/// <summary>
/// One service's place in the registry. Content and membership change under the registry's gate only; the lease words change from any
/// thread without a lock.
/// </summary>
internal sealed class ServiceEntry(ServiceInstance instance, long leaseEnd, long lastHeartbeat, ServiceStatus status)
{
    private volatile ServiceInstance _instance = instance;
    private volatile HealthState? _health;
    private long _leaseEnd = leaseEnd;
    private long _lastHeartbeat = lastHeartbeat;
    private int _status = (int)status;
    private int _renewalPending;

    /// <summary>Written under the gate; read by anyone.</summary>
    public ServiceInstance Instance
    {
        get => _instance;
        set => _instance = value;
    }

    /// <summary>Null while nothing is known. Written under the gate; read by anyone.</summary>
    public HealthState? Health
    {
        get => _health;
        set => _health = value;
    }

    public ServiceId Id => _instance.Id;

    /// <summary>Instant of <see cref="LeaseClock"/>.</summary>
    public long LeaseEnd => Volatile.Read(ref _leaseEnd);

    public ServiceStatus Status => (ServiceStatus)Volatile.Read(ref _status);

    /// <summary>Taken out of the registry; a thread that still holds the entry must not tell of it any more. Written under the gate.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>The wheel's entry for this lease and the tick it is armed for; both under the wheel's lock.</summary>
    public LeaseHandle Handle { get; set; }

    /// <summary>Instant the wheel looks at this lease at the latest. A renewal to a later end need not touch the wheel.</summary>
    public long ArmedFor { get; set; }

    /// <summary>Next in the list of renewals that listeners have not heard of.</summary>
    public ServiceEntry? NextRenewed { get; set; }

    /// <summary>Full fence: after this write any thread that sets the status to expired sees the new end, or this thread sees that status.</summary>
    public void Renew(long now, long leaseEnd)
    {
        Volatile.Write(ref _lastHeartbeat, now);
        Interlocked.Exchange(ref _leaseEnd, leaseEnd);
    }

    /// <summary>Like <see cref="Renew"/>, but a later end that a heartbeat wrote meanwhile stays.</summary>
    public void Prolong(long now, long leaseEnd)
    {
        Note(now);
        var seen = LeaseEnd;
        while (seen < leaseEnd)
        {
            var held = Interlocked.CompareExchange(ref _leaseEnd, leaseEnd, seen);
            if (held == seen)
            {
                return;
            }

            seen = held;
        }
    }

    /// <summary>Another end without having heard of the service. Full fence, as <see cref="Renew"/>.</summary>
    public void MoveEnd(long leaseEnd) => Interlocked.Exchange(ref _leaseEnd, leaseEnd);

    /// <summary>Heard of, without a change of the lease.</summary>
    public void Note(long now) => Volatile.Write(ref _lastHeartbeat, now);

    /// <inheritdoc cref="Renew"/>
    public void SetStatus(ServiceStatus status) => Interlocked.Exchange(ref _status, (int)status);

    /// <summary>True for the first caller since the last <see cref="ClearRenewalPending"/>.</summary>
    public bool MarkRenewalPending() => Volatile.Read(ref _renewalPending) == 0 && Interlocked.Exchange(ref _renewalPending, 1) == 0;

    public void ClearRenewalPending() => Interlocked.Exchange(ref _renewalPending, 0);

    public ServiceView View(LeaseClock clock) => new(
        _instance,
        new LeaseState(Status, clock.ToWall(LeaseEnd), clock.ToWall(Volatile.Read(ref _lastHeartbeat))),
        _health);
}
