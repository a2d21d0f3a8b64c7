namespace Beacon.Features.Health;

/// <summary>Bounds of the schedule. What a probe may take is in <see cref="Probing.ProbeLimits"/>.</summary>
internal static class HealthLimits
{
    /// <summary>Events the monitor may lag behind before it compares everything with a snapshot, as the store does.</summary>
    public const int ListenerCapacity = 65_536;

    /// <summary>Checks of one host at once: a small device serves no more.</summary>
    public const int PerHost = 4;

    /// <summary>Wishes for a check now that wait for the loop; further ones wait at the door.</summary>
    public const int Requests = 1024;

    /// <summary>
    /// First checks a second. Ten thousand services that arrive together are through in 33 s, and as many as a script registers in a
    /// second are checked within that second.
    /// </summary>
    public const int FirstChecksPerSecond = 300;

    /// <summary>One step of the wheel: how late a check begins at most while there is room. Finer wakes an idle machine more often.</summary>
    public static readonly TimeSpan TickLength = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A check that takes longer belongs to the slow lane. Answers on a home network take milliseconds; a device that wakes up from sleep
    /// takes a second.
    /// </summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);

    /// <summary>Between the end of one check of a service and the next, whoever asks for it: nobody can make Beacon hammer a host.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(1);

    /// <summary>First checks of services that arrive in masses are spread over this time, or over the interval if that is shorter.</summary>
    public static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(30);

    /// <summary>Between two warnings about the same state of affairs.</summary>
    public static readonly TimeSpan WarningPause = TimeSpan.FromMinutes(10);
}
