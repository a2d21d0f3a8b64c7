namespace Beacon.Testing.Chaos;

/// <summary>Faults drawn from a seed: one of the database at a time, with good times between them, and kills whenever they fall.</summary>
public static class ChaosPlan
{
    /// <summary>Most are short; one in four is long enough to be an outage.</summary>
    private const double ShortestFault = 0.2;
    private const double LongestShortFault = 2.5;
    private const double LongestFault = 9;
    private const double LongestGoodTime = 2.5;
    private const double FirstKill = 2;
    private const double LongestLife = 9;

    private static readonly double[] Shares = [0.05, 0.3, 1];

    public static IReadOnlyList<ChaosEvent> Draw(int seed, TimeSpan length)
    {
        var random = new Random(seed);
        var events = new List<ChaosEvent>();
        var faults = Enum.GetValues<ChaosFault>().Where(x => x != ChaosFault.KillBeacon).ToArray();
        for (var at = Between(random, 0.2, 1.5); at < length.TotalSeconds;)
        {
            var longest = random.Next(4) == 0 ? LongestFault : LongestShortFault;
            var lasts = Math.Min(Between(random, ShortestFault, longest), length.TotalSeconds - at);
            events.Add(new ChaosEvent(
                TimeSpan.FromSeconds(at),
                faults[random.Next(faults.Length)],
                TimeSpan.FromSeconds(lasts),
                Shares[random.Next(Shares.Length)],
                TimeSpan.FromMilliseconds(random.Next(2) == 0 ? Between(random, 20, 300) : Between(random, 500, 3000))));
            at += lasts + Between(random, 0, LongestGoodTime);
        }

        for (var at = Between(random, FirstKill, LongestLife / 2); at < length.TotalSeconds; at += Between(random, 1, LongestLife))
        {
            events.Add(new ChaosEvent(TimeSpan.FromSeconds(at), ChaosFault.KillBeacon, TimeSpan.Zero, 1, TimeSpan.Zero));
        }

        return [.. events.OrderBy(x => x.At)];
    }

    private static double Between(Random random, double least, double most) => least + (random.NextDouble() * (most - least));
}
