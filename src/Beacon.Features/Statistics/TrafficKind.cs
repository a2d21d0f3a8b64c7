namespace Beacon.Features.Statistics;

/// <summary>What is counted by the minute, besides look-ups. The numbers are stored.</summary>
public enum TrafficKind
{
    Registration = 0,
    Heartbeat = 1,
    Expiry = 2,
    Deregistration = 3,
    HealthChange = 4,
}
