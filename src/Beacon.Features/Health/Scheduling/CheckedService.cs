using Beacon.Registry.Health;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Scheduling;

/// <summary>One service in the schedule. Owned by the monitor's loop. Instants are 100 ns ticks since the monitor was made.</summary>
internal sealed class CheckedService(ServiceInstance instance, HostQueue host)
{
    /// <summary>Stands for "not due at all".</summary>
    public const long Never = long.MaxValue;

    /// <summary>As last told by the registry; a check under way may go by an older one.</summary>
    public ServiceInstance Instance { get; set; } = instance;

    public HostQueue Host { get; set; } = host;

    /// <summary>The wheel's entry, armed for the earlier of the two due times.</summary>
    public LeaseHandle Handle { get; set; }

    /// <summary>Next point of the service's own grid.</summary>
    public long RegularDue { get; set; } = Never;

    /// <summary>An extra check out of turn: the first, or one after a change.</summary>
    public long PromptDue { get; set; } = Never;

    public CheckState State { get; set; }

    /// <summary>Since when it is due; together with <see cref="Order"/> its place in a queue. Both change outside queues only.</summary>
    public long ReadyAt { get; set; }

    /// <summary>Unique: two services due at the same instant are still two.</summary>
    public long Order { get; set; }

    /// <summary>A person waits for it: goes before all that are only due.</summary>
    public bool IsAskedFor { get; set; }

    /// <summary>Its last check took long, so the next one waits in the slow lane.</summary>
    public bool IsSlow { get; set; }

    /// <summary>It changed while it was checked: once more, right after.</summary>
    public bool IsWantedAgain { get; set; }

    /// <summary>Null unless <see cref="CheckState.Running"/>.</summary>
    public CheckRun? Run { get; set; }

    /// <summary>Of this content; null before the first.</summary>
    public CheckResult? Last { get; set; }

    /// <summary>When the last check ended, whatever it was about; null before the first.</summary>
    public long? LastEnded { get; set; }

    /// <summary>Completed with the next result, for all who asked; with null when the service goes away.</summary>
    public TaskCompletionSource<CheckResult?>? Asked { get; set; }

    public long IntervalTicks => Instance.HealthCheck.IntervalSeconds * TimeSpan.TicksPerSecond;
}
