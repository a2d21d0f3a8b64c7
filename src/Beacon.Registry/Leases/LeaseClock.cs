namespace Beacon.Registry.Leases;

/// <summary>
/// Two clocks in one: leases run on monotonic time, people and stores read wall-clock time. The two are tied by an anchor, so that the
/// same lease shows the same end on every read; when the wall clock is set (a board without a battery gets its time from the network
/// minutes after boot) the anchor moves and no lease ends early or late.
/// </summary>
/// <remarks>Any thread. Instants are 100 ns ticks since this clock was made; earlier instants are negative.</remarks>
public sealed class LeaseClock
{
    /// <summary>Differences below this are drift between two clocks, not somebody setting one.</summary>
    private static readonly TimeSpan StepThreshold = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _start;
    private volatile Anchor _anchor;

    public LeaseClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _anchor = new Anchor(0, Truncate(time.GetUtcNow()));
    }

    public long Now => _time.GetElapsedTime(_start).Ticks;

    /// <summary>UTC, whole microseconds: the precision that is shown and stored.</summary>
    public DateTimeOffset ToWall(long instant)
    {
        var anchor = _anchor;
        return Truncate(anchor.Wall.AddTicks(instant - anchor.Instant));
    }

    public long FromWall(DateTimeOffset wall)
    {
        var anchor = _anchor;
        return anchor.Instant + (wall - anchor.Wall).Ticks;
    }

    /// <summary>Follows the wall clock if it was set since the last call; true when it was.</summary>
    public bool FollowWallClock()
    {
        var now = Now;
        var wall = Truncate(_time.GetUtcNow());
        if ((wall - ToWall(now)).Duration() <= StepThreshold)
        {
            return false;
        }

        _anchor = new Anchor(now, wall);
        return true;
    }

    private static DateTimeOffset Truncate(DateTimeOffset wall) => wall.AddTicks(-(wall.Ticks % TimeSpan.TicksPerMicrosecond));

    private sealed record Anchor(long Instant, DateTimeOffset Wall);
}
