using Beacon.Registry.Leases;

namespace Beacon.Registry.Tests.Leases;

public sealed class LeaseWheelTests
{
    private readonly List<string> _due = [];

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_728_000)]
    [InlineData(16_777_215)]
    [InlineData(16_777_216)]
    [InlineData(20_000_000)]
    public void An_entry_comes_due_at_its_tick_and_not_one_before(long tick)
    {
        // Far ends cost a step for each tick on the way: fewer starts do.
        foreach (var start in (long[])(tick > 1_000_000 ? [0, 70_001] : [0, 1, 200, 255, 256, 65_535, 70_001]))
        {
            var wheel = new LeaseWheel<string>(start);
            wheel.Schedule("lease", start + tick);

            wheel.Advance(start + tick - 1, _due);
            Assert.Empty(_due);

            wheel.Advance(start + tick, _due);
            Assert.Equal(["lease"], _due);
            _due.Clear();
        }
    }

    [Fact]
    public void A_tick_that_has_passed_is_due_at_the_next_advance()
    {
        var wheel = new LeaseWheel<string>(1000);
        wheel.Schedule("late", 3);

        wheel.Advance(1001, _due);

        Assert.Equal(["late"], _due);
    }

    [Fact]
    public void A_moved_entry_comes_due_at_its_new_tick_only()
    {
        var wheel = new LeaseWheel<string>(0);
        var handle = wheel.Schedule("lease", 10);

        Assert.True(wheel.Move(handle, 5000));
        wheel.Advance(4999, _due);
        Assert.Empty(_due);
        Assert.True(wheel.Move(handle, 5001));
        wheel.Advance(5001, _due);

        Assert.Equal(["lease"], _due);
    }

    [Fact]
    public void A_cancelled_entry_never_comes_due()
    {
        var wheel = new LeaseWheel<string>(0);
        var handle = wheel.Schedule("gone", 10);
        wheel.Schedule("stays", 10);

        Assert.True(wheel.Cancel(handle));
        wheel.Advance(100, _due);

        Assert.Equal(["stays"], _due);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_handle_is_harmless_once_its_place_was_given_to_another_entry()
    {
        var wheel = new LeaseWheel<string>(0);
        var old = wheel.Schedule("old", 10);
        wheel.Cancel(old);
        wheel.Schedule("new", 10);

        Assert.False(wheel.Cancel(old));
        Assert.False(wheel.Move(old, 99));
        wheel.Advance(10, _due);

        Assert.Equal(["new"], _due);
    }

    [Fact]
    public void A_handle_that_was_never_given_out_names_no_entry()
    {
        var wheel = new LeaseWheel<string>(0);
        wheel.Schedule("first", 10);

        Assert.False(wheel.Move(default, 500));
        wheel.Advance(10, _due);

        Assert.Equal(["first"], _due);
    }
}
