using Beacon.Registry.Health;

namespace Beacon.Features.Health.History;

/// <summary>One check that was.</summary>
/// <param name="ResponseMilliseconds">To a tenth; null when there was no answer.</param>
public sealed record PastResult(
    DateTimeOffset At, CheckOutcome Outcome, double? ResponseMilliseconds, int? StatusCode, string? Error, bool IsPlanned)
{
    internal static PastResult Of(in Sample sample) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(sample.At),
        sample.Outcome,
        sample.Response * Sample.Milliseconds,
        sample.StatusCode,
        sample.Error,
        sample.IsPlanned);
}
