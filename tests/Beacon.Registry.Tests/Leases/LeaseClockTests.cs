using Beacon.Registry.Leases;
using Beacon.Testing;

namespace Beacon.Registry.Tests.Leases;

public sealed class LeaseClockTests
{
    private readonly TestClock _time = new();

    [Fact]
    public void The_same_instant_is_shown_as_the_same_time_on_every_read()
    {
        var clock = new LeaseClock(_time);
        var instant = clock.Now + TimeSpan.FromMinutes(5).Ticks;
        var shown = clock.ToWall(instant);

        _time.Advance(TimeSpan.FromTicks(1234567));
        clock.FollowWallClock();

        Assert.Equal(shown, clock.ToWall(instant));
    }

    [Fact]
    public void Shown_times_have_whole_microseconds_so_that_a_store_gives_back_what_was_shown()
    {
        var clock = new LeaseClock(_time);
        _time.Advance(TimeSpan.FromTicks(7));

        Assert.Equal(0, clock.ToWall(clock.Now).Ticks % TimeSpan.TicksPerMicrosecond);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void When_the_wall_clock_is_set_shown_times_follow_and_instants_do_not_move(int seconds)
    {
        var clock = new LeaseClock(_time);
        var instant = clock.Now;
        var before = clock.ToWall(instant);

        _time.StepWallClock(TimeSpan.FromSeconds(seconds));

        Assert.True(clock.FollowWallClock());
        Assert.Equal(instant, clock.Now);
        Assert.Equal(before.AddSeconds(seconds), clock.ToWall(instant));
        Assert.False(clock.FollowWallClock());
    }
}
