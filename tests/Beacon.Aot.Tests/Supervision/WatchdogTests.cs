using System.Globalization;
using Beacon.Aot.Supervision;
using Beacon.Testing;

namespace Beacon.Aot.Tests.Supervision;

public sealed class WatchdogTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public void Life_is_told_twice_an_interval_while_the_pulse_beats_and_no_more_when_it_stops()
    {
        var clock = new TestClock();
        var pulse = new Pulse(clock);
        var told = 0;
        using var watchdog = new Watchdog(Interval, pulse, clock, () => told++);
        for (var second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            pulse.Beat();
        }

        Assert.InRange(told, 4, 5);
        told = 0;
        clock.Advance(Interval * 10);

        Assert.InRange(told, 0, 1);

        pulse.Beat();
        clock.Advance(TimeSpan.FromSeconds(1));
        pulse.Beat();
        clock.Advance(Interval / 2 - TimeSpan.FromSeconds(1));
        Assert.InRange(told, 1, 2);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("20000000", null, 20.0)]
    [InlineData("20000000", "self", 20.0)]
    [InlineData("20000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("99999999999999999999", null, null)]
    [InlineData("9223372036854775807", null, null)]
    [InlineData("soon", null, null)]
    public void The_interval_counts_when_it_is_a_number_and_meant_for_this_process(string? interval, string? process, double? seconds)
    {
        var environment = new Dictionary<string, string> { [ServiceManager.SocketVariable] = "/run/nobody" };
        if (interval is not null)
        {
            environment[ServiceManager.IntervalVariable] = interval;
        }

        if (process is not null)
        {
            environment[ServiceManager.ProcessVariable] = process == "self" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : process;
        }

        using var manager = ServiceManager.Of(environment);

        Assert.Equal(seconds, manager!.WatchdogInterval?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative/path")]
    [InlineData("vsock:2:1234")]
    public void What_is_no_address_of_a_manager_is_none(string address) =>
        Assert.Null(ServiceManager.Of(new Dictionary<string, string> { [ServiceManager.SocketVariable] = address }));

    [Fact]
    public void An_address_longer_than_the_system_takes_and_one_where_nobody_listens_do_no_harm()
    {
        Assert.Null(ServiceManager.Of(new Dictionary<string, string> { [ServiceManager.SocketVariable] = "/" + new string('x', 300) }));
        using var manager = ServiceManager.Of(new Dictionary<string, string> { [ServiceManager.SocketVariable] = "@beacon-nobody-listens" });
        manager!.TellReady("x");
        manager.TellAlive();
        manager.TellStopping();
    }
}
