namespace Beacon.Features.Health.History;

/// <summary>What is known of one service over a stretch of time. Response times are tenths of milliseconds.</summary>
/// <param name="Start">Seconds since 1970 UTC.</param>
/// <param name="Count">Results outside planned interruptions; all other figures are of these.</param>
/// <param name="Up">Of them, passed.</param>
/// <param name="Planned">Results within planned interruptions.</param>
/// <param name="Timed">Of <paramref name="Count"/>, those with an answer; the following are of these and 0 without any.</param>
/// <param name="Sum">Of response times.</param>
internal readonly record struct RollUp(
    long Start, int Count, int Up, int Planned, int Timed, long Sum, int Min, int P50, int P95, int Max)
{
    private const double Half = 0.5;
    private const double Tail = 0.95;

    /// <summary>
    /// Values that stand for the response times of a part when parts are joined. More are no better: between the median and the 95th
    /// percentile nothing is known but those two.
    /// </summary>
    private const int Stations = 20;

    public bool IsEmpty => Count == 0 && Planned == 0;

    /// <summary>Null when nothing is known.</summary>
    public double? UpRatio => Count == 0 ? null : (double)Up / Count;

    public double? Mean => Timed == 0 ? null : (double)Sum / Timed;

    /// <summary>Exact: percentiles by the nearest rank.</summary>
    public static RollUp Of(long start, IEnumerable<Sample> samples)
    {
        int count = 0, up = 0, planned = 0;
        long sum = 0;
        var times = new List<int>();
        foreach (var sample in samples)
        {
            if (sample.IsPlanned)
            {
                planned++;
                continue;
            }

            count++;
            up += sample.Outcome == Registry.Health.CheckOutcome.Healthy ? 1 : 0;
            if (sample.Response is { } response)
            {
                times.Add(response);
                sum += response;
            }
        }

        times.Sort();
        return times.Count == 0
            ? new RollUp(start, count, up, planned, 0, 0, 0, 0, 0, 0)
            : new RollUp(start, count, up, planned, times.Count, sum, times[0], At(times, Half), At(times, Tail), times[^1]);
    }

    /// <summary>
    /// One for several. Exact but for the percentiles: those are taken from lines drawn through what is known of each part, and are exact
    /// too where a part has only one value.
    /// </summary>
    public static RollUp Join(long start, IReadOnlyList<RollUp> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0] with { Start = start };
        }

        int count = 0, up = 0, planned = 0, timed = 0, min = int.MaxValue, max = 0;
        long sum = 0;
        var values = new List<(double Value, double Weight)>();
        foreach (var part in parts)
        {
            count += part.Count;
            up += part.Up;
            planned += part.Planned;
            timed += part.Timed;
            sum += part.Sum;
            if (part.Timed > 0)
            {
                min = Math.Min(min, part.Min);
                max = Math.Max(max, part.Max);
                part.AddStations(values);
            }
        }

        if (timed == 0)
        {
            return new RollUp(start, count, up, planned, 0, 0, 0, 0, 0, 0);
        }

        values.Sort();
        return new RollUp(start, count, up, planned, timed, sum, min, At(values, timed, Half), At(values, timed, Tail), max);
    }

    private static int At(List<int> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];

    private static int At(List<(double Value, double Weight)> sorted, int total, double share)
    {
        // Weights are fractions: half of the smallest keeps a sum's rounding from deciding.
        const double Rounding = 1e-6;
        var passed = 0.0;
        foreach (var (value, weight) in sorted)
        {
            passed += weight;
            if (passed >= (share * total) - Rounding)
            {
                return (int)Math.Round(value);
            }
        }

        return (int)Math.Round(sorted[^1].Value);
    }

    private void AddStations(List<(double Value, double Weight)> values)
    {
        if (Min == Max)
        {
            values.Add((Min, Timed));
            return;
        }

        var stations = Math.Min(Stations, Timed);
        for (var i = 0; i < stations; i++)
        {
            values.Add((Quantile((i + 1.0) / stations), (double)Timed / stations));
        }
    }

    private double Quantile(double share) => share switch
    {
        <= Half => Line(share / Half, Min, P50),
        <= Tail => Line((share - Half) / (Tail - Half), P50, P95),
        _ => Line((share - Tail) / (1 - Tail), P95, Max),
    };

    private static double Line(double share, int from, int to) => from + (share * (to - from));
}
