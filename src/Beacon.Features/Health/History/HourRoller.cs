using System.Runtime.InteropServices;
using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>Makes chunks of hours that are over. Doing it again with the same results changes nothing, so it may be cut off anywhere.</summary>
internal sealed class HourRoller(IHealthHistoryStore store, ChunkBooks books)
{
    private const int MinutesOfHour = Clock.HourSeconds / Clock.MinuteSeconds;

    public async Task RollAsync(IReadOnlyList<FinishedHour> finished, CancellationToken cancellationToken)
    {
        foreach (var hour in finished.GroupBy(x => x.Buffer.Hour).OrderBy(x => x.Key))
        {
            foreach (var slice in hour.GroupBy(x => x.Series.Known.Series).OrderBy(x => x.Key).Chunk(HistoryLimits.SliceSeries))
            {
                var results = slice.ToDictionary(x => x.Key, Samples);
                await RollAsync(hour.Key, results, cancellationToken);
            }
        }
    }

    private static List<Sample> Samples(IEnumerable<FinishedHour> buffers)
    {
        var samples = new List<Sample>();
        foreach (var one in buffers)
        {
            one.Buffer.ReadInto(samples);
        }

        return samples;
    }

    private async Task RollAsync(long hour, Dictionary<int, List<Sample>> results, CancellationToken cancellationToken)
    {
        var day = Clock.DayStart(hour);
        var stored = await books.ReadAsync(
            results.Keys.SelectMany(x => (ChunkKey[])
            [
                ChunkKey.Of(SeriesKind.Results, hour, x),
                ChunkKey.Of(SeriesKind.Minutes, hour, x),
                ChunkKey.Of(SeriesKind.Hours, day, x),
            ]),
            cancellationToken);
        var chunks = new List<Chunk>(results.Count * 3);
        foreach (var (series, fresh) in results)
        {
            var known = books.Results(stored, hour, series);
            var minutes = known.Count == 0 ? books.RollUps(stored, SeriesKind.Minutes, hour, series) : [];
            var hours = books.RollUps(stored, SeriesKind.Hours, day, series);
            var samples = SampleSet.Merge(known, fresh);
            var start = hour * Clock.HourSeconds;

            // Results older than they are kept for come in only when somebody set the clock back: then roll-ups are all there is to go by.
            var before = minutes.Count > 0 ? hours.FindIndex(x => x.Start == start) : -1;
            var own = RollUp.Of(start, samples);
            var whole = before < 0 ? own : RollUp.Join(start, [hours[before], own]);
            chunks.Add(new Chunk(ChunkKey.Of(SeriesKind.Results, hour, series), Encode(hour, samples)));
            chunks.Add(ChunkBooks.Encode(SeriesKind.Minutes, hour, series, ByMinute(samples, minutes)));
            chunks.Add(ChunkBooks.Encode(SeriesKind.Hours, day, series, ChunkBooks.With(hours, whole)));
        }

        await store.WriteAsync(new HealthWrite { Chunks = chunks }, cancellationToken);
    }

    private static byte[] Encode(long hour, List<Sample> samples)
    {
        var writer = new SampleWriter(hour * Clock.HourMilliseconds);
        foreach (ref readonly var sample in CollectionsMarshal.AsSpan(samples))
        {
            writer.Add(sample);
        }

        return writer.Bytes.ToArray();
    }

    private static List<RollUp> ByMinute(List<Sample> samples, List<RollUp> known)
    {
        var minutes = new List<RollUp>(MinutesOfHour);
        foreach (var minute in samples.GroupBy(x => SampleSet.Start(x, Clock.MinuteSeconds)))
        {
            minutes.Add(RollUp.Of(minute.Key, minute));
        }

        return known.Count == 0
            ? minutes
            : [.. known.Concat(minutes).GroupBy(x => x.Start).OrderBy(x => x.Key).Select(x => RollUp.Join(x.Key, [.. x]))];
    }
}
