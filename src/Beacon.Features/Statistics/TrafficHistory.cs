using Beacon.Features.Health.History;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Statistics;

/// <summary>
/// Traffic by the minute for a day, by the hour for a month, by the day for a year; kept as the history of health is, in the same store.
/// </summary>
public sealed class TrafficHistory(TrafficCounter counter, IHealthHistoryStore store, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly TrafficChunks _chunks = new(store, logger);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Minutes of the hours that are not rolled up yet; mostly one. Under the gate.</summary>
    private readonly SortedDictionary<long, SortedDictionary<long, TrafficFigures>> _hours = [];
    private bool _isFailing;
    private bool _isChanged;

    /// <summary>Until cancelled. What is not written then is by <see cref="FlushAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TrafficLimits.Pace, time);
        var flushed = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var isFlush = time.GetElapsedTime(flushed) >= TrafficLimits.FlushInterval;
            await StepAsync(isFlush, cancellationToken);
            flushed = isFlush ? time.GetTimestamp() : flushed;
        }
    }

    /// <summary>Writes everything that is not written yet. For a stop.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => StepAsync(isFlush: true, cancellationToken);

    /// <param name="window">Up to a month.</param>
    public async Task<Traffic> ReadAsync(HistoryWindow window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hour = Clock.Hour(now);
        var since = now.ToUnixTimeSeconds() - (HistoryWindows.Hours(window) * Clock.HourSeconds);
        SortedDictionary<long, TrafficFigures> figures;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await CountAsync(now, cancellationToken);
            figures = await ReadAsync(window, hour, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        var step = HistoryWindows.Step(window);
        var isByHour = window is HistoryWindow.Week or HistoryWindow.Month;
        var part = isByHour ? Clock.HourSeconds : Clock.MinuteSeconds;
        var total = new TrafficFigures();
        var points = new SortedDictionary<long, TrafficFigures>();
        foreach (var (start, one) in figures.Where(x => x.Key + part > since && x.Key <= now.ToUnixTimeSeconds() && !x.Value.IsEmpty))
        {
            total.Add(one);
            var at = Clock.Floor(start, step) * step;
            if (!points.TryGetValue(at, out var point))
            {
                points[at] = point = new TrafficFigures();
            }

            point.Add(one);
        }

        return new Traffic(total, [.. points.Select(x => new TrafficPoint(Clock.OfSeconds(x.Key), x.Value))]);
    }

    public void Dispose() => _gate.Dispose();

    private static TrafficFigures Sum(IEnumerable<TrafficFigures> figures)
    {
        var sum = new TrafficFigures();
        foreach (var one in figures)
        {
            sum.Add(one);
        }

        return sum;
    }

    private async Task<SortedDictionary<long, TrafficFigures>> ReadAsync(HistoryWindow window, long hour, CancellationToken cancellationToken)
    {
        var length = HistoryWindows.Hours(window);
        SortedDictionary<long, TrafficFigures> figures;
        if (window is HistoryWindow.Week or HistoryWindow.Month)
        {
            var first = Clock.DayStart(hour - length);
            var days = Enumerable.Range(0, (int)((hour - first) / Clock.DayHours) + 1).Select(x => first + (x * Clock.DayHours));
            figures = await _chunks.ReadAsync(SeriesKind.TrafficHours, days, cancellationToken);
            foreach (var (at, minutes) in _hours)
            {
                figures[at * Clock.HourSeconds] = Sum(minutes.Values);
            }

            return figures;
        }

        var hours = Enumerable.Range(0, length + 1).Select(x => hour - length + x).Where(x => !_hours.ContainsKey(x));
        figures = await _chunks.ReadAsync(SeriesKind.TrafficMinutes, hours, cancellationToken);
        foreach (var (at, one) in _hours.Values.SelectMany(x => x))
        {
            figures[at] = one;
        }

        return figures;
    }

    private async Task StepAsync(bool isFlush, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            await CountAsync(now, cancellationToken);
            await RollAsync(Clock.Hour(now), isFlush, cancellationToken);
            _isFailing = false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                HistoryLog.WriteFailed(logger, error.Message);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts what was counted to the running minute, which may be there already from before a restart.</summary>
    private async Task CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = Clock.Hour(now);
        if (!_hours.TryGetValue(hour, out var minutes))
        {
            // The hour before too: a kill may have come between its end and its roll-up.
            await FetchAsync(hour - 1, cancellationToken);
            minutes = await FetchAsync(hour, cancellationToken);
        }

        var minute = Clock.Floor(now.ToUnixTimeSeconds(), Clock.MinuteSeconds) * Clock.MinuteSeconds;
        if (!minutes.TryGetValue(minute, out var figures))
        {
            minutes[minute] = figures = new TrafficFigures();
        }

        var fresh = new TrafficFigures();
        counter.TakeInto(fresh);
        _isChanged |= !fresh.IsEmpty;
        figures.Add(fresh);
    }

    private async Task<SortedDictionary<long, TrafficFigures>> FetchAsync(long hour, CancellationToken cancellationToken)
    {
        if (!_hours.TryGetValue(hour, out var minutes))
        {
            _hours[hour] = minutes = await _chunks.ReadAsync(SeriesKind.TrafficMinutes, [hour], cancellationToken);
        }

        return minutes;
    }

    private async Task RollAsync(long hour, bool isFlush, CancellationToken cancellationToken)
    {
        foreach (var finished in _hours.Keys.Where(x => x != hour).ToList())
        {
            var minutes = _hours[finished];
            if (minutes.Values.Any(x => !x.IsEmpty))
            {
                await RollAsync(finished, minutes, cancellationToken);
            }

            _hours.Remove(finished);
            await store.WriteAsync(
                new HealthWrite
                {
                    Trims =
                    [
                        (SeriesKind.TrafficMinutes, hour - TrafficLimits.MinuteHours),
                        (SeriesKind.TrafficHours, Clock.DayStart(hour) - (TrafficLimits.HourDays * Clock.DayHours)),
                        (SeriesKind.TrafficDays, Clock.MonthStart(hour - (TrafficLimits.DayDays * Clock.DayHours))),
                    ],
                },
                cancellationToken);
        }

        if (isFlush && _isChanged)
        {
            await store.WriteAsync(new HealthWrite { Chunks = [TrafficChunks.Encode(SeriesKind.TrafficMinutes, hour, _hours[hour])] }, cancellationToken);
            _isChanged = false;
        }
    }

    private async Task RollAsync(long hour, SortedDictionary<long, TrafficFigures> minutes, CancellationToken cancellationToken)
    {
        var (day, month) = (Clock.DayStart(hour), Clock.MonthStart(hour));
        var hours = await _chunks.ReadAsync(SeriesKind.TrafficHours, [day], cancellationToken);
        var days = await _chunks.ReadAsync(SeriesKind.TrafficDays, [month], cancellationToken);
        hours[hour * Clock.HourSeconds] = Sum(minutes.Values);
        days[day * Clock.HourSeconds] = Sum(hours.Values);
        await store.WriteAsync(
            new HealthWrite
            {
                Chunks =
                [
                    TrafficChunks.Encode(SeriesKind.TrafficMinutes, hour, minutes),
                    TrafficChunks.Encode(SeriesKind.TrafficHours, day, hours),
                    TrafficChunks.Encode(SeriesKind.TrafficDays, month, days),
                ],
            },
            cancellationToken);
    }
}
