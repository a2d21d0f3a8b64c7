namespace Beacon.Features.Health.Scheduling;

/// <summary>One host that checks go to: how many are under way, and who waits for one of them to end.</summary>
internal sealed class HostQueue(string name)
{
    public string Name { get; } = name;

    /// <summary>Services whose checks go there; at 0 the host is forgotten.</summary>
    public int Services { get; set; }

    public int Running { get; set; }

    public SortedSet<CheckedService> Parked { get; } = new(QueueOrder.Instance);
}
