namespace Beacon.Features.Health.History;

/// <summary>Places in time, all UTC: hours, days and months have no seams in UTC, whatever the country does with its clocks.</summary>
internal static class Clock
{
    public const int MinuteSeconds = 60;
    public const int HourSeconds = 3600;
    public const int DaySeconds = 86_400;
    public const int DayHours = 24;
    public const long HourMilliseconds = HourSeconds * 1000L;

    public static long Hour(DateTimeOffset at) => Floor(at.ToUnixTimeSeconds(), HourSeconds);

    public static long HourOfMilliseconds(long at) => Floor(at, HourMilliseconds);

    /// <summary>Whole units before, also for times before 1970.</summary>
    public static long Floor(long value, long unit) => value >= 0 ? value / unit : ((value + 1) / unit) - 1;

    public static long DayOfHour(long hour) => Floor(hour, DayHours);

    /// <summary>The hour at which the day begins.</summary>
    public static long DayStart(long hour) => DayOfHour(hour) * DayHours;

    /// <summary>The hour at which the month begins that the hour lies in.</summary>
    public static long MonthStart(long hour)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(hour * HourSeconds);
        return Hour(new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>The hour at which the month after begins.</summary>
    public static long NextMonth(long monthStart)
    {
        const int Beyond = 32 * DayHours;
        return MonthStart(monthStart + Beyond);
    }

    public static DateTimeOffset OfSeconds(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
