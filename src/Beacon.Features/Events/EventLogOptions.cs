namespace Beacon.Features.Events;

/// <summary>How much of the event log is kept.</summary>
public sealed record EventLogOptions
{
    public const int DefaultDays = 90;

    public int Days { get; init; } = DefaultDays;

    /// <summary>The oldest go first, whatever their age.</summary>
    public int MaxEntries { get; init; } = EventLimits.MaxEntries;
}
