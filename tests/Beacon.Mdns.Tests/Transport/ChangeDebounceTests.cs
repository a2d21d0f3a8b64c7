using Beacon.Mdns.Transport;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Transport;

public class ChangeDebounceTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);

    private readonly TestClock _clock = new();

    [Fact]
    public void Without_notices_the_next_look_is_the_slow_one() => Assert.Equal(Slow, new ChangeDebounce(_clock, Slow).Wait);

    [Fact]
    public void A_notice_is_looked_at_after_half_a_second()
    {
        var debounce = new ChangeDebounce(_clock, Slow);
        debounce.Notice();
        Assert.Equal(ChangeDebounce.Quiet, debounce.Wait);
        _clock.Advance(ChangeDebounce.Quiet);
        Assert.Equal(TimeSpan.Zero, debounce.Wait);
    }

    [Fact]
    public void Further_notices_put_the_look_off_but_not_for_ever()
    {
        var debounce = new ChangeDebounce(_clock, Slow);
        var step = TimeSpan.FromMilliseconds(400);
        debounce.Notice();
        for (var waited = step; waited < ChangeDebounce.Longest - step; waited += step)
        {
            _clock.Advance(step);
            Assert.NotEqual(TimeSpan.Zero, debounce.Wait);
            debounce.Notice();
        }

        _clock.Advance(step);
        debounce.Notice();
        _clock.Advance(step);
        Assert.Equal(TimeSpan.Zero, debounce.Wait);
    }

    [Fact]
    public void After_a_look_nothing_is_due()
    {
        var debounce = new ChangeDebounce(_clock, Slow);
        debounce.Notice();
        _clock.Advance(ChangeDebounce.Quiet);
        debounce.Looked();
        Assert.Equal(Slow, debounce.Wait);
    }
}
