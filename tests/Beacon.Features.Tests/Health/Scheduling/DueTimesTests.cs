using Beacon.Features.Health.Scheduling;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class DueTimesTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void Services_that_come_in_masses_and_in_order_get_first_checks_evenly_over_half_a_minute()
    {
        var times = new DueTimes();
        var bySecond = new int[31];
        foreach (var id in Enumerable.Range(0, 30_000).Select(_ => ServiceId.New()).Order())
        {
            bySecond[times.First(0, id, 60 * Second) / Second]++;
        }

        Assert.All(bySecond[..30], x => Assert.InRange(x, 800, 1200));
    }

    [Fact]
    public void Services_that_come_one_by_one_are_checked_as_they_come()
    {
        var times = new DueTimes();
        for (var i = 0L; i < 1000; i++)
        {
            Assert.Equal(i * Second / 100, times.First(i * Second / 100, ServiceId.New(), 60 * Second));
        }
    }

    [Fact]
    public void Points_of_a_grid_are_one_interval_apart_and_begin_within_one()
    {
        for (var i = 0; i < 1000; i++)
        {
            var id = ServiceId.New();
            var interval = (30 + i) * Second;
            var first = DueTimes.Regular(i * Second, id, interval);
            Assert.InRange(first - (i * Second), 1, interval);
            Assert.Equal(first + interval, DueTimes.Regular(first, id, interval));
            Assert.Equal(first, DueTimes.Regular(first - 1, id, interval));
            Assert.Equal(first, DueTimes.Regular(first - interval, id, interval));
        }
    }
}
