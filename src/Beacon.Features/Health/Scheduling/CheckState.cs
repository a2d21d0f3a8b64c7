namespace Beacon.Features.Health.Scheduling;

/// <summary>Where a checked service stands.</summary>
internal enum CheckState
{
    /// <summary>Not due.</summary>
    Idle,

    /// <summary>Due, in a lane.</summary>
    Queued,

    /// <summary>Due, and its host has as many checks as it may have.</summary>
    Parked,

    Running,
}
