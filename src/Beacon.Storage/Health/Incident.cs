using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>A time in which a service was unhealthy.</summary>
/// <param name="Number">From 1, in the order of beginnings.</param>
/// <param name="Name">The service's name at the beginning: it may be gone when somebody asks.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="Cause">What the check said that made it so.</param>
/// <param name="IsPlanned">It fell into a planned interruption.</param>
/// <param name="Change">Rises with every change of any incident.</param>
public sealed record Incident(
    long Number,
    ServiceId Service,
    string Name,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Cause,
    bool IsPlanned,
    long Change);
