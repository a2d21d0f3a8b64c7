using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>One check.</summary>
/// <param name="Place">Among results of that service at that millisecond, from 0: together they name the result.</param>
public sealed record ArchivedResult(
    ServiceId Service, DateTimeOffset At, int Place, CheckOutcome Outcome, double? ResponseMilliseconds, int? StatusCode, string? Error, bool IsPlanned);
