namespace Beacon.Features.Health.History;

/// <summary>All that is known of one service, seen from one moment.</summary>
internal sealed class Past
{
    private readonly DateTimeOffset _now;
    private readonly List<Sample> _samples;
    private readonly List<RollUp> _hours;
    private readonly List<RollUp> _days;

    /// <param name="samples">All of the last 24 hours, in order.</param>
    /// <param name="hours">Stored, of the last month and a day.</param>
    /// <param name="days">Stored, of the last year and a month.</param>
    public Past(DateTimeOffset now, List<Sample> samples, List<RollUp> hours, List<RollUp> days)
    {
        _now = now;
        _samples = samples;

        // What single results are there for is counted from them: the running hour is in no roll-up yet. The hour in which the 24 hours
        // begin is there only in part.
        var exact = samples.GroupBy(x => SampleSet.Start(x, Clock.HourSeconds)).ToDictionary(x => x.Key, x => RollUp.Of(x.Key, x));
        var firstWhole = Clock.Hour(now) - Clock.DayHours;
        _hours = Replace(hours, exact.Where(x => x.Key >= firstWhole * Clock.HourSeconds).Select(x => x.Value));
        var known = days.Select(x => x.Start).ToHashSet();
        var open = _hours
            .GroupBy(x => Clock.Floor(x.Start, Clock.DaySeconds) * Clock.DaySeconds)
            .Where(x => !known.Contains(x.Key))
            .Select(x => RollUp.Join(x.Key, [.. x]));
        _days = Replace(days, open);
    }

    public static Past Empty { get; } = new(DateTimeOffset.UnixEpoch, [], [], []);

    /// <summary>Newest first.</summary>
    public IEnumerable<Sample> Latest => Enumerable.Reverse(_samples).Take(HistoryLimits.LastResults);

    public double? Uptime(HistoryWindow window) => Ratio(Parts(window));

    /// <summary>From roll-ups alone: a stretch of hours is counted from its first full hour, a stretch of days from its first midnight.</summary>
    public DailyUptime Daily()
    {
        var now = _now.ToUnixTimeSeconds();
        var today = Clock.Floor(now, Clock.DaySeconds);
        var days = Since(_days, (today - DailyUptime.MostDays + 1) * Clock.DaySeconds, now);
        return new DailyUptime(
            Ratio(_hours.Where(x => x.Start + Clock.HourSeconds > now - Clock.DaySeconds && x.Start <= now)),
            Ratio(Since(days, (today - DailyUptime.MonthDays + 1) * Clock.DaySeconds, now)),
            Ratio(days),
            [.. days.Select(x => new DayUptime(DateOnly.FromDateTime(Clock.OfSeconds(x.Start).UtcDateTime), x.UpRatio))]);
    }

    public RollUp Summary(HistoryWindow window)
    {
        var since = Since(window).ToUnixTimeSeconds();
        return IsExact(window) ? RollUp.Of(since, SamplesOf(window)) : RollUp.Join(since, [.. Parts(window)]);
    }

    /// <summary>In order, those without a result left out.</summary>
    public IReadOnlyList<RollUp> Points(HistoryWindow window)
    {
        var step = HistoryWindows.Step(window);
        return IsExact(window)
            ? [.. SamplesOf(window).GroupBy(x => SampleSet.Start(x, step)).Select(x => RollUp.Of(x.Key, x))]
            : [.. Parts(window).GroupBy(x => Clock.Floor(x.Start, step) * step).Select(x => RollUp.Join(x.Key, [.. x]))];
    }

    private static double? Ratio(IEnumerable<RollUp> parts)
    {
        long count = 0, up = 0;
        foreach (var part in parts)
        {
            count += part.Count;
            up += part.Up;
        }

        return count == 0 ? null : (double)up / count;
    }

    private static List<RollUp> Since(List<RollUp> days, long since, long now) => [.. days.Where(x => x.Start >= since && x.Start <= now && !x.IsEmpty)];

    private static bool IsExact(HistoryWindow window) => window is HistoryWindow.Hour or HistoryWindow.Day;

    private static List<RollUp> Replace(List<RollUp> stored, IEnumerable<RollUp> better)
    {
        foreach (var one in better)
        {
            // Fewer results than were counted: their chunk is damaged.
            var counted = stored.Find(x => x.Start == one.Start);
            if (one.Count + one.Planned >= counted.Count + counted.Planned)
            {
                ChunkBooks.With(stored, one);
            }
        }

        return stored;
    }

    private DateTimeOffset Since(HistoryWindow window) => _now - TimeSpan.FromHours(HistoryWindows.Hours(window));

    /// <summary>A result of the future is of a clock that was set back since: not yet.</summary>
    private IEnumerable<Sample> SamplesOf(HistoryWindow window)
    {
        var since = Since(window).ToUnixTimeMilliseconds();
        var now = _now.ToUnixTimeMilliseconds();
        return _samples.Where(x => x.At > since && x.At <= now);
    }

    /// <summary>The first one may begin before the window does.</summary>
    private IEnumerable<RollUp> Parts(HistoryWindow window)
    {
        if (IsExact(window))
        {
            return SamplesOf(window).Select(x => RollUp.Of(0, [x]));
        }

        var (parts, step) = window == HistoryWindow.Year ? (_days, Clock.DaySeconds) : (_hours, Clock.HourSeconds);
        var since = Since(window).ToUnixTimeSeconds();
        var now = _now.ToUnixTimeSeconds();
        return parts.Where(x => x.Start + step > since && x.Start <= now);
    }
}
