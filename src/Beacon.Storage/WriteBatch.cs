namespace Beacon.Storage;

/// <summary>What goes to the store in one piece.</summary>
/// <param name="OldestAt">Monotonic timestamp of the oldest change in it that somebody may wait for; null when there are only renewals.</param>
internal sealed record WriteBatch(IReadOnlyList<ServiceWrite> Writes, long? OldestAt);
