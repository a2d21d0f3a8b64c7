namespace Beacon.Testing.Chaos;

/// <summary>Beacon told that a lease ended.</summary>
/// <param name="At">UTC, by Beacon's own time on the same machine.</param>
public sealed record ChaosLeaseEnd(string Id, DateTimeOffset At);
