using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>Makes a roll-up of each day that is over, for every service with hours in it.</summary>
internal sealed class DayRoller(IHealthHistoryStore store, ChunkBooks books)
{
    /// <param name="day">Since 1970.</param>
    public async Task RollAsync(long day, CancellationToken cancellationToken)
    {
        var start = day * Clock.DayHours;
        var after = default(ChunkKey);
        while (true)
        {
            var hours = await store.ListAsync(SeriesKind.Hours, start, start + 1, after, HistoryLimits.SliceSeries, cancellationToken);
            if (hours.Count == 0)
            {
                return;
            }

            await RollAsync(start, hours, cancellationToken);
            after = hours[^1];
        }
    }

    private async Task RollAsync(long start, IReadOnlyList<ChunkKey> hours, CancellationToken cancellationToken)
    {
        var month = Clock.MonthStart(start);
        var stored = await books.ReadAsync(hours.SelectMany(x => KeysOf(start, month, x)), cancellationToken);
        var chunks = new List<Chunk>(hours.Count);
        foreach (var key in hours)
        {
            var parts = books.RollUps(stored, SeriesKind.Hours, start, key.Series);
            if (parts.Count > 0)
            {
                var days = books.RollUps(stored, SeriesKind.Days, month, key.Series);
                chunks.Add(ChunkBooks.Encode(SeriesKind.Days, month, key.Series, ChunkBooks.With(days, Day(stored, start, key.Series, parts))));
            }
        }

        await store.WriteAsync(new HealthWrite { Chunks = chunks }, cancellationToken);
    }

    private static IEnumerable<ChunkKey> KeysOf(long start, long month, ChunkKey hours)
    {
        yield return hours;
        yield return ChunkKey.Of(SeriesKind.Days, month, hours.Series);
        for (var hour = start; hour < start + Clock.DayHours; hour++)
        {
            yield return ChunkKey.Of(SeriesKind.Results, hour, hours.Series);
        }
    }

    private RollUp Day(Dictionary<ChunkKey, ReadOnlyMemory<byte>> stored, long start, int series, List<RollUp> parts)
    {
        var samples = new List<Sample>();
        for (var hour = start; hour < start + Clock.DayHours; hour++)
        {
            samples.AddRange(books.Results(stored, hour, series));
        }

        var exact = RollUp.Of(start * Clock.HourSeconds, samples);
        var joined = RollUp.Join(start * Clock.HourSeconds, parts);

        // Only when every result is still there: after a long time without power some are not.
        return exact.Count == joined.Count && exact.Planned == joined.Planned ? exact : joined;
    }
}
