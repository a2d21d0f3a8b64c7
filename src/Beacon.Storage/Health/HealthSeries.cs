using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>A service that has a history.</summary>
/// <param name="Series">From 1; never used again.</param>
/// <param name="Name">As it was called last.</param>
/// <param name="FirstAt">Its first result; nothing is older.</param>
/// <param name="GoneAt">When it was missed first; null while it is registered.</param>
public sealed record HealthSeries(int Series, ServiceId Id, string Name, DateTimeOffset FirstAt, DateTimeOffset? GoneAt);
