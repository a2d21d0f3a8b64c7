using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>Which incidents; null is no condition.</summary>
/// <param name="Since">Those that went on at that time or began later.</param>
public sealed record IncidentQuery(bool? IsOpen = null, ServiceId? Service = null, DateTimeOffset? Since = null, int Skip = 0, int Limit = int.MaxValue);
