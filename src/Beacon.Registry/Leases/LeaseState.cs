using Beacon.Registry.Services;

namespace Beacon.Registry.Leases;

/// <summary>How one lease stood at one instant. Times are UTC wall-clock times for people and stores; the wheel itself runs on monotonic time.</summary>
public readonly record struct LeaseState(ServiceStatus Status, DateTimeOffset ExpiresAt, DateTimeOffset LastHeartbeat);
