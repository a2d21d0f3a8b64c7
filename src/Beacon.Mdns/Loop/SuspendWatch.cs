using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Loop;

/// <summary>
/// Notices that the machine slept: of Linux's two clocks since the start only one goes on meanwhile. Owned by the engine's thread.
/// </summary>
/// <param name="slept">How long the machine has slept since it started, all together.</param>
internal sealed class SuspendWatch(Func<TimeSpan> slept)
{
    private TimeSpan _known = slept();
    private long _lookedAt = MdnsTimings.Never;

    public static SuspendWatch OfThisMachine() => new(static () => Read(Libc.BootClock) - Read(Libc.MonotonicClock));

    /// <summary>True once after each sleep worth mentioning. Cheap to ask often: the clocks are read at most once a second.</summary>
    public bool HasSlept(long now)
    {
        if (_lookedAt != MdnsTimings.Never && now - _lookedAt < MdnsTimings.SuspendLook.Ticks)
        {
            return false;
        }

        _lookedAt = now;
        var before = _known;
        _known = slept();
        return _known - before > MdnsTimings.SuspendLeast;
    }

    private static TimeSpan Read(int clock)
    {
        Span<long> time = stackalloc long[2];
        return Libc.ReadClock(clock, time) == 0
            ? TimeSpan.FromTicks((time[0] * TimeSpan.TicksPerSecond) + (time[1] / TimeSpan.NanosecondsPerTick))
            : TimeSpan.Zero;
    }
}
