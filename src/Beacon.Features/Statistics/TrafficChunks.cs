using Beacon.Features.Health.History;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Statistics;

/// <summary>Reads and makes chunks of traffic. They are of series 0: Beacon as a whole.</summary>
internal sealed class TrafficChunks(IHealthHistoryStore store, ILogger logger)
{
    private bool _isTold;

    public static ChunkKey Key(SeriesKind kind, long hour) => ChunkKey.Of(kind, hour, 0);

    public static Chunk Encode(SeriesKind kind, long hour, SortedDictionary<long, TrafficFigures> figures) =>
        new(Key(kind, hour), TrafficCodec.Encode(figures, hour * Clock.HourSeconds, ChunkBooks.Step(kind)));

    /// <param name="hours">At which the chunks begin.</param>
    public async Task<SortedDictionary<long, TrafficFigures>> ReadAsync(
        SeriesKind kind, IEnumerable<long> hours, CancellationToken cancellationToken)
    {
        var figures = new SortedDictionary<long, TrafficFigures>();
        foreach (var chunk in await store.ReadAsync([.. hours.Select(x => Key(kind, x))], cancellationToken))
        {
            if (!TrafficCodec.Decode(chunk.Data.Span, chunk.Key.Hour * Clock.HourSeconds, ChunkBooks.Step(kind), figures) && !_isTold)
            {
                _isTold = true;
                HistoryMetrics.Damaged.Add(1);
                HistoryLog.ChunkDamaged(logger, kind, Clock.OfSeconds(chunk.Key.Hour * Clock.HourSeconds), 0);
            }
        }

        return figures;
    }
}
