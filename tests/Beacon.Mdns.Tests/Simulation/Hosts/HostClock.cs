namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>A host's own monotonic clock: begins anywhere and runs a little fast or slow.</summary>
/// <param name="offset">Ticks it shows when the run begins.</param>
/// <param name="drift">Share by which it is fast; quartz stays within 0.0001.</param>
internal sealed class HostClock(long offset, double drift)
{
    public long Local(long network) => offset + network + (long)(network * drift);

    /// <summary>The first instant at which the clock shows <paramref name="local"/>.</summary>
    public long Network(long local)
    {
        var at = Math.Max(0, (long)((local - offset) / (1 + drift)) - 2);
        while (Local(at) < local)
        {
            at++;
        }

        return at;
    }
}
