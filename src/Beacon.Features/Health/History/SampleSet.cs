namespace Beacon.Features.Health.History;

/// <summary>Results of one service in the order of their times.</summary>
internal static class SampleSet
{
    /// <summary>Together, each once: one that comes from the journal may be in a chunk already.</summary>
    public static List<Sample> Merge(List<Sample> one, List<Sample> other)
    {
        var all = new List<Sample>(one.Count + other.Count);
        all.AddRange(one);
        all.AddRange(other);

        // By a stable sort: results of the same millisecond keep their order.
        var sorted = all.OrderBy(x => x.At).ToList();
        var kept = new List<Sample>(sorted.Count);
        foreach (var sample in sorted)
        {
            if (!IsThere(kept, sample))
            {
                kept.Add(sample);
            }
        }

        return kept;
    }

    /// <summary>Seconds since 1970 at which the step begins that the result falls into.</summary>
    public static long Start(in Sample sample, int step) => Clock.Floor(sample.At, step * 1000L) * step;

    /// <summary>The error does not count: of many different ones a journal and a chunk keep different texts.</summary>
    private static bool IsThere(List<Sample> kept, in Sample sample)
    {
        for (var i = kept.Count - 1; i >= 0 && kept[i].At == sample.At; i--)
        {
            if (kept[i].Outcome == sample.Outcome && kept[i].Response == sample.Response && kept[i].StatusCode == sample.StatusCode)
            {
                return true;
            }
        }

        return false;
    }
}
