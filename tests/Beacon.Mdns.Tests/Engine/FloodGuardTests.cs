using Beacon.Mdns.Loop;

namespace Beacon.Mdns.Tests.Engine;

public class FloodGuardTests
{
    private const long Millisecond = TimeSpan.TicksPerMillisecond;

    [Fact]
    public void A_busy_office_is_no_flood()
    {
        var guard = new FloodGuard();
        Assert.All(Enumerable.Range(0, 1000), turn => Assert.False(guard.ShouldRest(wasUseful: false, turn * 2 * Millisecond)));
    }

    [Fact]
    public void Ten_thousand_a_second_that_are_none_of_our_business_may_wait()
    {
        var guard = new FloodGuard();
        var rests = Enumerable.Range(0, 10_000).Count(turn => guard.ShouldRest(wasUseful: false, turn * Millisecond / 10));
        Assert.InRange(rests, 9000, 10_000);
    }

    [Fact]
    public void While_we_answer_there_is_no_rest()
    {
        var guard = new FloodGuard();
        Assert.All(Enumerable.Range(0, 10_000), turn => Assert.False(guard.ShouldRest(wasUseful: true, turn * Millisecond / 10)));
        Assert.All(Enumerable.Range(0, 10_000), turn => Assert.False(guard.ShouldRest(turn % 30 == 0, turn * Millisecond / 10)));
    }

    [Fact]
    public void A_flood_that_ebbed_is_forgotten()
    {
        var guard = new FloodGuard();
        for (var turn = 0; turn < 1000; turn++)
        {
            guard.ShouldRest(wasUseful: false, turn * Millisecond / 10);
        }

        Assert.False(guard.ShouldRest(wasUseful: false, 10_000 * Millisecond));
    }
}
