using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>
/// Puts together what is in memory and what is in chunks. The last day is read from single results, so its figures are exact; what is
/// older from roll-ups of hours and days.
/// </summary>
internal sealed class HistoryReader(IHealthHistoryStore store, ChunkBooks books, HistoryMemory memory, TimeProvider time)
{
    public async Task<ServiceHistory> ReadAsync(ServiceId id, HistoryWindow window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - TimeSpan.FromHours(HistoryWindows.Hours(window));
        var incidents = await store.ReadIncidentsAsync(
            new IncidentQuery(Service: id, Since: since, Limit: HistoryLimits.MaxIncidents), cancellationToken);
        var past = memory.Capture(id) is { } captured ? await PastAsync(captured.Series, captured.Samples, now, cancellationToken) : Past.Empty;
        var points = past.Points(window);
        return new ServiceHistory(
            HistoryWindows.All.ToDictionary(x => x, past.Uptime),
            HistoryPoint.Of(past.Summary(window)),
            [.. points.Where(x => !x.IsEmpty).Select(x => HistoryPoint.Of(x))],
            incidents.Incidents,
            [.. past.Latest.Select(x => PastResult.Of(x))]);
    }

    /// <summary>
    /// Of many services at once, so only what the days need is read: six chunks a service. Those without a history are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<ServiceId, DailyUptime>> ReadDaysAsync(IReadOnlyList<ServiceId> services, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = Clock.Hour(now);

        // Before the chunks: an hour that becomes one meanwhile is then seen twice, which does no harm, and not missed.
        var captured = services.Select(memory.Capture).OfType<(HealthSeries Series, List<Sample> Samples)>().ToList();
        var stored = await books.ReadAsync(captured.SelectMany(x => DailyKeys(x.Series, hour)), cancellationToken);
        var found = new Dictionary<ServiceId, DailyUptime>(captured.Count);
        foreach (var (series, samples) in captured)
        {
            var hours = RecentDays(hour).SelectMany(x => books.RollUps(stored, SeriesKind.Hours, x, series.Series)).ToList();
            var days = RecentMonths(hour).SelectMany(x => books.RollUps(stored, SeriesKind.Days, x, series.Series)).ToList();
            found[series.Id] = new Past(now, SampleSet.Merge([], samples), hours, days).Daily();
        }

        return found;
    }

    private async Task<Past> PastAsync(HealthSeries series, List<Sample> samples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = Clock.Hour(now);
        var stored = await books.ReadAsync(Keys(series, hour), cancellationToken);
        var known = new List<Sample>();
        for (var at = hour - Clock.DayHours; at <= hour; at++)
        {
            known.AddRange(books.Results(stored, at, series.Series));
        }

        var hours = new List<RollUp>();
        foreach (var day in Days(hour))
        {
            hours.AddRange(books.RollUps(stored, SeriesKind.Hours, day, series.Series));
        }

        var days = new List<RollUp>();
        foreach (var month in Months(hour))
        {
            days.AddRange(books.RollUps(stored, SeriesKind.Days, month, series.Series));
        }

        return new Past(now, SampleSet.Merge(known, samples), hours, days);
    }

    private static IEnumerable<ChunkKey> Keys(HealthSeries series, long hour)
    {
        var first = Clock.Hour(series.FirstAt);
        for (var at = hour - Clock.DayHours; at <= hour; at++)
        {
            yield return ChunkKey.Of(SeriesKind.Results, at, series.Series);
        }

        foreach (var day in Days(hour).Where(x => x + Clock.DayHours > first))
        {
            yield return ChunkKey.Of(SeriesKind.Hours, day, series.Series);
        }

        foreach (var month in Months(hour).Where(x => Clock.NextMonth(x) > first))
        {
            yield return ChunkKey.Of(SeriesKind.Days, month, series.Series);
        }
    }

    private static IEnumerable<ChunkKey> DailyKeys(HealthSeries series, long hour)
    {
        var first = Clock.Hour(series.FirstAt);
        var hours = RecentDays(hour).Where(x => x + Clock.DayHours > first).Select(x => ChunkKey.Of(SeriesKind.Hours, x, series.Series));
        var days = RecentMonths(hour).Where(x => Clock.NextMonth(x) > first).Select(x => ChunkKey.Of(SeriesKind.Days, x, series.Series));
        return hours.Concat(days);
    }

    /// <summary>Yesterday, which may not be rolled up into a day yet, and today.</summary>
    private static IEnumerable<long> RecentDays(long hour) => [Clock.DayStart(hour) - Clock.DayHours, Clock.DayStart(hour)];

    private static IEnumerable<long> RecentMonths(long hour) =>
        Months(hour).Where(x => Clock.NextMonth(x) > hour - (DailyUptime.MostDays * Clock.DayHours));

    private static IEnumerable<long> Days(long hour)
    {
        for (var day = Clock.DayStart(hour - HistoryWindows.Hours(HistoryWindow.Month)); day <= hour; day += Clock.DayHours)
        {
            yield return day;
        }
    }

    private static IEnumerable<long> Months(long hour)
    {
        for (var month = Clock.MonthStart(hour - HistoryWindows.Hours(HistoryWindow.Year)); month <= hour; month = Clock.NextMonth(month))
        {
            yield return month;
        }
    }
}
