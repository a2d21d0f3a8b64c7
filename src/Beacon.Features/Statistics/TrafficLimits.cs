namespace Beacon.Features.Statistics;

/// <summary>The numbers of traffic statistics.</summary>
public static class TrafficLimits
{
    /// <summary>Types that look-ups are told apart by, in one figure; the rest is counted together. More than a home has, few enough to draw.</summary>
    public const int MaxTypes = 32;

    /// <summary>How often what was counted is put to the running minute: a minute's figure is right to as much.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>How often the running hour is written: what a kill may cost.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(60);

    internal const int MinuteHours = 24;
    internal const int HourDays = 30;
    internal const int DayDays = 366;
}
