using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.History;

/// <summary>
/// Copies the history to an archive, hour by hour as each is over. What is not copied yet is in the store, so an archive that is away costs
/// no memory and no further disk; after an outage that is longer than something is kept, that something is not in the archive.
/// </summary>
public sealed class HealthArchiver(
    HealthHistory history, IHealthHistoryStore store, IHealthArchive archive, HealthHistoryOptions options, TimeProvider time, ILogger logger)
{
    private const int MostIncidents = 1_000;

    private readonly ChunkBooks _books = new(store, logger);
    private bool _isFailing;

    /// <summary>How often is looked for something to copy, and an archive that failed is tried again.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await StepAsync(cancellationToken);
        }
    }

    /// <summary>Copies all there is. Never throws but for cancellation.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (history.LastFinishedHour is not { } last)
        {
            return;
        }

        try
        {
            var marks = (await store.LoadAsync(cancellationToken)).Marks;
            await CopyIncidentsAsync(marks.GetValueOrDefault(HistoryMarks.ArchivedIncident), cancellationToken);
            var first = Math.Max(marks.GetValueOrDefault(HistoryMarks.ArchivedHour) + 1, last - (options.MinuteDays * Clock.DayHours));
            for (var hour = first; hour <= last; hour++)
            {
                await CopyHourAsync(hour, cancellationToken);
                await MarkAsync(HistoryMarks.ArchivedHour, hour, cancellationToken);
            }

            if (_isFailing)
            {
                _isFailing = false;
                HistoryLog.ArchiveRecovered(logger);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                HistoryLog.ArchiveFailed(logger, error.Message);
            }
        }
    }

    private async Task CopyIncidentsAsync(long after, CancellationToken cancellationToken)
    {
        while (await store.ReadIncidentChangesAsync(after, MostIncidents, cancellationToken) is { Count: > 0 } changes)
        {
            await archive.StoreAsync(new ArchiveBatch { Incidents = changes }, cancellationToken);
            after = changes[^1].Change;
            await MarkAsync(HistoryMarks.ArchivedIncident, after, cancellationToken);
        }
    }

    private async Task CopyHourAsync(long hour, CancellationToken cancellationToken)
    {
        var names = history.Memory.All().ToDictionary(x => x.Series, x => x.Id);
        var after = default(ChunkKey);
        while (await store.ListAsync(SeriesKind.Minutes, hour, hour + 1, after, HistoryLimits.SliceSeries, cancellationToken) is { Count: > 0 } keys)
        {
            after = keys[^1];
            var batch = await ReadAsync(hour, [.. keys.Select(x => x.Series).Where(names.ContainsKey)], names, cancellationToken);
            if (!batch.IsEmpty)
            {
                await archive.StoreAsync(batch, cancellationToken);
            }
        }
    }

    private async Task<ArchiveBatch> ReadAsync(
        long hour, List<int> series, Dictionary<int, ServiceId> names, CancellationToken cancellationToken)
    {
        // The day before is rolled up by the time its next hour is over.
        var (day, month) = (Clock.DayStart(hour), Clock.MonthStart(hour - 1));
        var withDay = hour == day;
        var stored = await _books.ReadAsync(
            series.SelectMany(x => (ChunkKey[])
            [
                ChunkKey.Of(SeriesKind.Results, hour, x),
                ChunkKey.Of(SeriesKind.Minutes, hour, x),
                ChunkKey.Of(SeriesKind.Hours, day, x),
                .. withDay ? (ChunkKey[])[ChunkKey.Of(SeriesKind.Days, month, x)] : [],
            ]),
            cancellationToken);
        var results = new List<ArchivedResult>();
        var rollUps = new List<ArchivedRollUps>();
        foreach (var one in series)
        {
            AddResults(results, names[one], _books.Results(stored, hour, one));
            rollUps.Add(RollUps(names[one], "minute", hour, options.MinuteDays, _books.RollUps(stored, SeriesKind.Minutes, hour, one)));
            rollUps.Add(RollUps(names[one], "hour", day, options.HourDays, _books.RollUps(stored, SeriesKind.Hours, day, one)));
            if (withDay)
            {
                rollUps.Add(RollUps(names[one], "day", month, options.DayDays, _books.RollUps(stored, SeriesKind.Days, month, one)));
            }
        }

        return new ArchiveBatch { Results = results, RollUps = [.. rollUps.Where(x => x.Points.Count > 0)] };
    }

    private static void AddResults(List<ArchivedResult> results, ServiceId service, List<Sample> samples)
    {
        var place = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            place = i > 0 && samples[i].At == samples[i - 1].At ? place + 1 : 0;
            var past = PastResult.Of(samples[i]);
            results.Add(new ArchivedResult(
                service, past.At, place, past.Outcome, past.ResponseMilliseconds, past.StatusCode, past.Error, past.IsPlanned));
        }
    }

    /// <param name="days">0: for ever.</param>
    private static ArchivedRollUps RollUps(ServiceId service, string resolution, long hour, int days, List<RollUp> points)
    {
        var start = Clock.OfSeconds(hour * Clock.HourSeconds);
        return new ArchivedRollUps(service, resolution, start, days == 0 ? null : start.AddDays(days), [.. points.Select(Point)]);
    }

    private static ArchivedPoint Point(RollUp one)
    {
        var point = HistoryPoint.Of(one);
        return new ArchivedPoint(point.Time, one.Count, one.Up, one.Planned, point.Min, point.Mean, point.P50, point.P95, point.Max);
    }

    private Task MarkAsync(string name, long value, CancellationToken cancellationToken) =>
        store.WriteAsync(new HealthWrite { Marks = [new(name, value)] }, cancellationToken);
}
