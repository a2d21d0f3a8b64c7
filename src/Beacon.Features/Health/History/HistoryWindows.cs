namespace Beacon.Features.Health.History;

/// <summary>The windows that can be asked for: their names, lengths, and the distance of their points, at most <see cref="HistoryLimits.MaxPoints"/>.</summary>
public static class HistoryWindows
{
    private const int ThreeMinutes = 180;
    private const int TwoHours = 7200;
    private const int WeekHours = 168;
    private const int MonthHours = 720;
    private const int YearHours = 8760;

    public static IReadOnlyList<HistoryWindow> All { get; } = Enum.GetValues<HistoryWindow>();

    public static string Name(HistoryWindow window) => window switch
    {
        HistoryWindow.Hour => "1h",
        HistoryWindow.Day => "24h",
        HistoryWindow.Week => "7d",
        HistoryWindow.Month => "30d",
        _ => "1y",
    };

    public static bool TryParse(string name, out HistoryWindow window)
    {
        foreach (var one in All)
        {
            if (Name(one) == name)
            {
                window = one;
                return true;
            }
        }

        window = default;
        return false;
    }

    public static int Hours(HistoryWindow window) => window switch
    {
        HistoryWindow.Hour => 1,
        HistoryWindow.Day => Clock.DayHours,
        HistoryWindow.Week => WeekHours,
        HistoryWindow.Month => MonthHours,
        _ => YearHours,
    };

    /// <summary>Seconds between two points.</summary>
    public static int Step(HistoryWindow window) => window switch
    {
        HistoryWindow.Hour => Clock.MinuteSeconds,
        HistoryWindow.Day => ThreeMinutes,
        HistoryWindow.Week => Clock.HourSeconds,
        HistoryWindow.Month => TwoHours,
        _ => Clock.DaySeconds,
    };
}
