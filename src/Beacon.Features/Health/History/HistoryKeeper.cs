using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.History;

/// <summary>Moves history from memory to the store, from raw to roll-ups, and out when it is old. One caller at a time.</summary>
internal sealed class HistoryKeeper(
    IHealthHistoryStore store,
    ChunkBooks books,
    HistoryMemory memory,
    HealthHistoryOptions options,
    Func<ServiceId, ServicePresence> presence,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Results carry the time they ended at and come in a moment later.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Days without power are not looked for one by one beyond that.</summary>
    private const int MostDays = 400;

    private readonly HourRoller _hours = new(store, books);
    private readonly DayRoller _days = new(store, books);
    private readonly SortedSet<long> _daysAgain = [];
    private long? _lastDay;
    private long? _lastHour;
    private long? _steppedHour;
    private long? _distrustedAt;
    private long _finishedHour;

    /// <summary>Any thread.</summary>
    public long? LastFinishedHour => Volatile.Read(ref _finishedHour) is var hour and > 0 ? hour : null;

    public void Load(IReadOnlyDictionary<string, long> marks)
    {
        _lastDay = marks.TryGetValue(HistoryMarks.LastDay, out var day) ? day : null;
        _lastHour = marks.TryGetValue(HistoryMarks.LastHour, out var hour) ? hour : null;
    }

    /// <summary>What the last day's chunks say of all services together.</summary>
    public async Task LoadUptimeAsync(CancellationToken cancellationToken)
    {
        var now = Clock.Hour(time.GetUtcNow());
        foreach (var series in memory.All().Chunk(HistoryLimits.SliceSeries))
        {
            long[] days = [Clock.DayStart(now) - Clock.DayHours, Clock.DayStart(now)];
            var stored = await books.ReadAsync(
                series.SelectMany(x => days.Select(day => ChunkKey.Of(SeriesKind.Hours, day, x.Series))), cancellationToken);
            foreach (var key in stored.Keys)
            {
                foreach (var hour in books.RollUps(stored, SeriesKind.Hours, key.Hour, key.Series).Where(x => x.Start < now * Clock.HourSeconds))
                {
                    memory.AddUptime(hour.Start / Clock.HourSeconds, hour.Count, hour.Up);
                }
            }
        }
    }

    public async Task StepAsync(bool isFlush, bool onlyFlush, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = Clock.Hour(now);
        _lastDay ??= Clock.DayOfHour(hour) - 1;
        if (onlyFlush)
        {
            await FlushAsync(cancellationToken);
            return;
        }

        if (isFlush)
        {
            memory.EndIncidents(x => presence(x) is ServicePresence.Checked or ServicePresence.Unknown, now);
        }

        var finished = memory.BeginHours(hour, withHourBefore: now - Clock.OfSeconds(hour * Clock.HourSeconds) >= Grace);
        if (finished.Count > 0)
        {
            // First, so that the journal has everything a kill in the midst of it must not cost.
            await FlushAsync(cancellationToken);
            await _hours.RollAsync(finished, cancellationToken);
            _daysAgain.UnionWith(finished.Select(x => Clock.DayOfHour(x.Buffer.Hour)).Where(x => x <= _lastDay));
            memory.EndHours(finished);
        }

        if (isFlush || finished.Count > 0)
        {
            await FlushAsync(cancellationToken);
        }

        if (_steppedHour != hour && now - Clock.OfSeconds(hour * Clock.HourSeconds) >= Grace)
        {
            await RollDaysAsync(Clock.DayOfHour(hour), cancellationToken);
            await TrimAsync(now, hour, cancellationToken);
            await ForgetAsync(now, cancellationToken);
            _steppedHour = hour;
            Volatile.Write(ref _finishedHour, hour - 1);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (memory.BeginFlush() is not { } write)
        {
            return;
        }

        var isWritten = false;
        try
        {
            await store.WriteAsync(write, cancellationToken);
            isWritten = true;
        }
        finally
        {
            memory.EndFlush(write, isWritten);
        }
    }

    private async Task RollDaysAsync(long today, CancellationToken cancellationToken)
    {
        foreach (var day in _daysAgain.ToList())
        {
            await _days.RollAsync(day, cancellationToken);
            _daysAgain.Remove(day);
        }

        for (var day = Math.Max(_lastDay!.Value + 1, today - MostDays); day < today; day++)
        {
            await _days.RollAsync(day, cancellationToken);
            _lastDay = day;
        }
    }

    private async Task TrimAsync(DateTimeOffset now, long hour, CancellationToken cancellationToken)
    {
        var write = new HealthWrite
        {
            Marks = [new(HistoryMarks.LastDay, _lastDay!.Value), new(HistoryMarks.LastHour, hour)],
        };
        if (IsClockTrusted(hour))
        {
            var minutes = hour - (options.MinuteDays * Clock.DayHours);
            var hours = Clock.DayStart(hour - (options.HourDays * Clock.DayHours));
            var trims = new List<(SeriesKind, long)>
            {
                (SeriesKind.Results, hour - options.RawHours), (SeriesKind.Minutes, minutes), (SeriesKind.Hours, hours),
            };
            if (options.DayDays > 0)
            {
                trims.Add((SeriesKind.Days, Clock.MonthStart(hour - (options.DayDays * Clock.DayHours))));
            }

            write = write with
            {
                Trims = trims,
                IncidentsBefore = now - TimeSpan.FromDays(options.HourDays),
                GoneIncidentsBefore = now - HistoryLimits.GoneIncidentRetention,
            };
        }

        await store.WriteAsync(write, cancellationToken);
        _lastHour = hour;
    }

    private bool IsClockTrusted(long hour)
    {
        if (_lastHour is { } last && Math.Abs(hour - last) > HistoryLimits.ClockTrust.TotalHours)
        {
            _distrustedAt = time.GetTimestamp();
            HistoryLog.ClockMoved(logger, hour - last);
        }

        if (_distrustedAt is { } since && time.GetElapsedTime(since) < HistoryLimits.ClockTrust)
        {
            return false;
        }

        _distrustedAt = null;
        return true;
    }

    private async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var series in memory.All())
        {
            var there = presence(series.Id);
            if (there == ServicePresence.Unknown)
            {
                return;
            }

            if (there != ServicePresence.Gone)
            {
                if (series.GoneAt is not null)
                {
                    memory.SetGone(series.Series, null);
                }
            }
            else if (series.GoneAt is not { } gone)
            {
                memory.SetGone(series.Series, now);
            }
            else if (now - gone >= HistoryLimits.GoneRetention && _distrustedAt is null)
            {
                await ForgetAsync(series, now, cancellationToken);
            }
        }
    }

    private async Task ForgetAsync(HealthSeries series, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = Clock.Hour(now) + 1;
        var first = Clock.Hour(series.FirstAt);
        var keys = new List<ChunkKey>();
        for (var hour = Math.Max(first, end - (options.MinuteDays * Clock.DayHours) - 1); hour < end; hour++)
        {
            keys.Add(ChunkKey.Of(SeriesKind.Results, hour, series.Series));
            keys.Add(ChunkKey.Of(SeriesKind.Minutes, hour, series.Series));
        }

        for (var day = Clock.DayStart(Math.Max(first, end - ((options.HourDays + 1) * Clock.DayHours))); day < end; day += Clock.DayHours)
        {
            keys.Add(ChunkKey.Of(SeriesKind.Hours, day, series.Series));
        }

        for (var month = Clock.MonthStart(first); month < end; month = Clock.NextMonth(month))
        {
            keys.Add(ChunkKey.Of(SeriesKind.Days, month, series.Series));
        }

        foreach (var slice in keys.Chunk(HistoryLimits.SliceReads))
        {
            await store.WriteAsync(new HealthWrite { Removed = slice }, cancellationToken);
        }

        await store.WriteAsync(new HealthWrite { Forgotten = [series.Series] }, cancellationToken);
        memory.Forget(series.Series);
    }
}
