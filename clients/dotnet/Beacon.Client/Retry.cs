namespace Beacon.Client;

/// <summary>How long to wait after failures, so that a Beacon that comes back is not met by everybody at once.</summary>
internal static class Retry
{
    /// <summary>Longest wait of our own. Longer is kinder to the network and finds a Beacon that is back later.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>What Beacon may ask for at most.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    /// <summary>Enough to reach <see cref="Longest"/>, and few enough not to overflow.</summary>
    private const int MostDoublings = 16;

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="chance">From 0 to below 1.</param>
    public static TimeSpan After(int failures, TimeSpan asked, double chance)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        var own = (doubled < Longest ? doubled : Longest) * (0.5 + (0.5 * chance));
        var bounded = asked < LongestAsked ? asked : LongestAsked;
        return own > bounded ? own : bounded;
    }
}
