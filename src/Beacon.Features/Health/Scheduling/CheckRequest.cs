using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Scheduling;

/// <summary>Somebody wants to know how a service is, now.</summary>
/// <param name="Answer">Completed by the loop with the task to wait for; with null when the service is not checked.</param>
internal readonly record struct CheckRequest(ServiceId Service, TaskCompletionSource<Task<CheckResult?>?> Answer);
