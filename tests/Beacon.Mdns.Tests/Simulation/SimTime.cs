namespace Beacon.Mdns.Tests.Simulation;

/// <summary>Units of the simulation's clock: ticks of 100 ns since the run began.</summary>
internal static class SimTime
{
    public const long Millisecond = TimeSpan.TicksPerMillisecond;
    public const long Second = TimeSpan.TicksPerSecond;
    public const long Minute = TimeSpan.TicksPerMinute;
    public const long Day = TimeSpan.TicksPerDay;
    public const long Never = long.MaxValue;
}
