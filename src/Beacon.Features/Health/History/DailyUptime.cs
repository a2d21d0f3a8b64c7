namespace Beacon.Features.Health.History;

/// <summary>How a service was, day by day. Days are those of UTC; the last one is today, as far as it has gone.</summary>
/// <param name="LastDay">Over the last 24 hours, the first of them whole; null where nothing is known, here as below.</param>
/// <param name="LastMonth">Over today and the 29 days before.</param>
/// <param name="LastQuarter">Over all of <paramref name="Days"/>.</param>
/// <param name="Days">Oldest first, at most <see cref="MostDays"/>; days without a check are left out.</param>
public sealed record DailyUptime(double? LastDay, double? LastMonth, double? LastQuarter, IReadOnlyList<DayUptime> Days)
{
    /// <summary>Today and those before.</summary>
    public const int MostDays = 90;

    internal const int MonthDays = 30;
}
