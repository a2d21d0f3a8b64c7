namespace Beacon.Storage;

/// <summary>How long to wait before a failed write is tried again: doubling, with a limit and some chance in it.</summary>
public sealed record RetryPolicy
{
    /// <summary>A lock held by a backup tool is gone after that; shorter would only burn power on a dead disk.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Below the time a client waits for its answer, so that every waiting registration sees at least one attempt. Lower notices a
    /// store that is back sooner and asks a dead one more often.
    /// </summary>
    public TimeSpan Most { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Share of the delay that is left to chance, so that several writers do not knock in step.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <param name="failures">In a row, 1 for the first.</param>
    /// <param name="chance">From 0 to below 1.</param>
    public TimeSpan Delay(int failures, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);

        // By exponent rather than by shifting ticks: no overflow however long the outage.
        var full = Math.Min(First.Ticks * Math.Pow(2, failures - 1), Most.Ticks);
        return TimeSpan.FromTicks((long)(full * (1 - (Jitter * chance))));
    }
}
