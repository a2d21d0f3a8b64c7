using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>Roll-ups of one service over an hour, a day or a month.</summary>
/// <param name="Resolution"><c>minute</c>, <c>hour</c> or <c>day</c>.</param>
/// <param name="Start">Of the stretch.</param>
/// <param name="ExpiresAt">When they are no longer wanted; null: never.</param>
public sealed record ArchivedRollUps(
    ServiceId Service, string Resolution, DateTimeOffset Start, DateTimeOffset? ExpiresAt, IReadOnlyList<ArchivedPoint> Points);
