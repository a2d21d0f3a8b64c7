using Beacon.Registry.Health;

namespace Beacon.Features.Health.History;

/// <summary>One result as it is kept.</summary>
/// <param name="At">Milliseconds since 1970 UTC.</param>
/// <param name="Response">Tenths of a millisecond: finer than any network is steady, and mostly one byte. Null when there was no answer.</param>
/// <param name="IsPlanned">It fell into a planned interruption.</param>
internal readonly record struct Sample(long At, CheckOutcome Outcome, int? Response, int? StatusCode, string? Error, bool IsPlanned)
{
    public const int UnitsPerMillisecond = 10;
    public const double Milliseconds = 1.0 / UnitsPerMillisecond;

    private const long TicksPerUnit = TimeSpan.TicksPerMillisecond / UnitsPerMillisecond;

    public static Sample Of(in HealthObservation observation)
    {
        var result = observation.Result;
        return new Sample(
            result.At.ToUnixTimeMilliseconds(),
            result.Outcome,
            result.ResponseTime is { } time ? (int)Math.Clamp((time.Ticks + (TicksPerUnit / 2)) / TicksPerUnit, 0, int.MaxValue) : null,
            result.StatusCode,
            result.Error,
            observation.Service.Instance.Maintenance is not null);
    }
}
