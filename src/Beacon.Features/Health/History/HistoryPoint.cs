namespace Beacon.Features.Health.History;

/// <summary>Figures over a stretch of time. Response times are milliseconds, null without any.</summary>
/// <param name="Time">When it begins, UTC.</param>
/// <param name="Count">Checks, but those in planned interruptions.</param>
/// <param name="Planned">Checks in planned interruptions.</param>
public sealed record HistoryPoint(
    DateTimeOffset Time, int Count, double? UpRatio, int Planned, double? Min, double? Mean, double? P50, double? P95, double? Max)
{
    internal static HistoryPoint Of(in RollUp one) => new(
        Clock.OfSeconds(one.Start),
        one.Count,
        one.UpRatio,
        one.Planned,
        Milliseconds(one, one.Min),
        one.Mean * Sample.Milliseconds,
        Milliseconds(one, one.P50),
        Milliseconds(one, one.P95),
        Milliseconds(one, one.Max));

    private static double? Milliseconds(in RollUp one, int value) => one.Timed == 0 ? null : value * Sample.Milliseconds;
}
