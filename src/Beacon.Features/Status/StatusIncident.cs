using Beacon.Features.Health.Probing;

namespace Beacon.Features.Status;

/// <param name="Name">The service's as it is called now.</param>
/// <param name="EndedAt">Null while it goes on.</param>
/// <param name="IsPlanned">It fell into a planned interruption.</param>
public sealed record StatusIncident(string Name, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, FailureKind Cause, bool IsPlanned);
