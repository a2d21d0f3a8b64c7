using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.History;

/// <summary>Reads and makes chunks. A damaged one is read as far as it goes, told once, and never fatal.</summary>
internal sealed class ChunkBooks(IHealthHistoryStore store, ILogger logger)
{
    /// <summary>Told by name; further ones are counted only.</summary>
    private const int MostTold = 10;

    private int _damaged;

    /// <summary>Seconds of a roll-up of that kind.</summary>
    public static int Step(SeriesKind kind) => kind switch
    {
        SeriesKind.Minutes or SeriesKind.TrafficMinutes => Clock.MinuteSeconds,
        SeriesKind.Hours or SeriesKind.TrafficHours => Clock.HourSeconds,
        _ => Clock.DaySeconds,
    };

    /// <summary>The list with that one in its place, instead of the one of its time.</summary>
    public static List<RollUp> With(List<RollUp> sorted, in RollUp one)
    {
        var start = one.Start;
        var at = sorted.FindIndex(x => x.Start >= start);
        if (at < 0)
        {
            sorted.Add(one);
        }
        else if (sorted[at].Start == start)
        {
            sorted[at] = one;
        }
        else
        {
            sorted.Insert(at, one);
        }

        return sorted;
    }

    /// <summary>A few at a time: the thread of the store is needed by registrations too.</summary>
    public async Task<Dictionary<ChunkKey, ReadOnlyMemory<byte>>> ReadAsync(IEnumerable<ChunkKey> keys, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ChunkKey, ReadOnlyMemory<byte>>();
        foreach (var slice in keys.Chunk(HistoryLimits.SliceReads))
        {
            foreach (var chunk in await store.ReadAsync(slice, cancellationToken))
            {
                found[chunk.Key] = chunk.Data;
            }
        }

        return found;
    }

    public List<Sample> Results(Dictionary<ChunkKey, ReadOnlyMemory<byte>> stored, long hour, int series)
    {
        var samples = new List<Sample>();
        var key = ChunkKey.Of(SeriesKind.Results, hour, series);
        if (stored.TryGetValue(key, out var data) && !SampleReader.ReadAll(data.Span, hour * Clock.HourMilliseconds, samples))
        {
            TellDamage(key);
        }

        return samples;
    }

    /// <param name="hour">At which the chunk begins.</param>
    public List<RollUp> RollUps(Dictionary<ChunkKey, ReadOnlyMemory<byte>> stored, SeriesKind kind, long hour, int series)
    {
        var rollUps = new List<RollUp>();
        var key = ChunkKey.Of(kind, hour, series);
        if (stored.TryGetValue(key, out var data) && !RollUpCodec.Decode(data.Span, hour * Clock.HourSeconds, Step(kind), rollUps))
        {
            TellDamage(key);
        }

        return rollUps;
    }

    public static Chunk Encode(SeriesKind kind, long hour, int series, IEnumerable<RollUp> rollUps) =>
        new(ChunkKey.Of(kind, hour, series), RollUpCodec.Encode(rollUps, hour * Clock.HourSeconds, Step(kind)));

    private void TellDamage(ChunkKey key)
    {
        HistoryMetrics.Damaged.Add(1);
        if (Interlocked.Increment(ref _damaged) <= MostTold)
        {
            HistoryLog.ChunkDamaged(logger, key.Kind, Clock.OfSeconds(key.Hour * Clock.HourSeconds), key.Series);
        }
    }
}
