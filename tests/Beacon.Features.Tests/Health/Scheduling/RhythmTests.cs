using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class RhythmTests : IDisposable
{
    private readonly MonitorRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_new_service_is_checked_within_a_second()
    {
        var service = _rig.Add("nas");
        _rig.Pass(1);
        Assert.Single(_rig.Probe.TimesOf(service.Id));
    }

    [Fact]
    public void Checks_follow_at_most_one_interval_apart_and_then_exactly_one()
    {
        var service = _rig.Add("nas", interval: 60);
        _rig.Pass(3600);
        var times = _rig.Probe.TimesOf(service.Id);
        Assert.InRange(times.Count, 60, 62);
        Assert.True(times[1] - times[0] <= TimeSpan.FromSeconds(60.1));
        Assert.All(times.Skip(2).Zip(times.Skip(1)), x => Assert.Equal(60, (x.First - x.Second).TotalSeconds, 0.11));
    }

    [Fact]
    public void A_late_check_does_not_move_the_next_one()
    {
        var service = _rig.Add("nas", interval: 60);
        _rig.Pass(200);
        var last = _rig.Probe.TimesOf(service.Id)[^1];

        // The machine sleeps over one due time and a half.
        _rig.Clock.Advance(TimeSpan.FromSeconds(100));
        _rig.Pass(130);
        var grid = _rig.Probe.TimesOf(service.Id).Select(x => (x - last).TotalSeconds % 60).ToList();
        Assert.True(grid[^1] is < 0.2 or > 59.8, $"off its grid by {grid[^1]} s");
    }

    [Fact]
    public void A_target_that_refuses_is_unhealthy_within_interval_times_retries_and_a_second()
    {
        for (var offset = 0.0; offset < 30; offset += 0.7)
        {
            using var rig = new MonitorRig();
            var service = rig.Add("nas", interval: 30, retries: 3);
            rig.Pass(100 + offset);
            Assert.Equal(HealthStatus.Healthy, rig.Get(service.Id).Health!.Status);
            var died = rig.Clock.Elapsed;
            rig.Probe.Answer = _ => FakeAnswer.Refused;
            while (rig.Get(service.Id).Status != ServiceStatus.Unhealthy)
            {
                rig.Pass(0.1);
                Assert.True(rig.Clock.Elapsed - died <= TimeSpan.FromSeconds((30 * 3) + 1), $"not noticed after {rig.Clock.Elapsed - died}");
            }
        }
    }

    [Fact]
    public void Services_registered_in_one_second_are_not_checked_in_one_second_for_ever()
    {
        var services = Enumerable.Range(0, 200).Select(i => _rig.Add($"s{i}", interval: 60)).ToList();
        _rig.Pass(600);
        var busiest = _rig.Probe.Begun.Where(x => x.At > TimeSpan.FromSeconds(61)).GroupBy(x => (int)x.At.TotalSeconds).Max(x => x.Count());

        // 200 a minute are 3.3 a second; the spread is by chance.
        Assert.InRange(busiest, 1, 15);
        Assert.All(services, x => Assert.InRange(_rig.Probe.TimesOf(x.Id).Count, 10, 12));
    }

    [Fact]
    public void Nothing_to_check_asks_for_no_timer()
    {
        using var rig = new MonitorRig();
        rig.Registry.Register(MonitorRig.Wish("plain") with { HealthCheck = default });
        rig.Pass(5);
        Assert.Equal(0, rig.Probe.Count);
    }

    [Fact]
    public void A_check_switched_off_is_not_made_and_one_switched_on_is_made_at_once()
    {
        var service = _rig.Add("nas");
        _rig.Pass(1);
        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(false, null, null, null, null, false, null) });
        _rig.Pass(300);
        Assert.Single(_rig.Probe.TimesOf(service.Id));

        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(false, null, null, null, null, true, null) });
        _rig.Pass(1);
        Assert.Equal(2, _rig.Probe.TimesOf(service.Id).Count);
    }

    [Fact]
    public void A_changed_interval_counts_from_now_on()
    {
        var service = _rig.Add("nas", interval: 3600);
        _rig.Pass(5);
        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(false, null, 30, null, null, null, null) });
        _rig.Pass(1);
        Assert.Equal(2, _rig.Probe.TimesOf(service.Id).Count);
        _rig.Pass(300);
        Assert.InRange(_rig.Probe.TimesOf(service.Id).Count, 12, 13);
    }

    [Fact]
    public void Observers_hear_of_each_check_with_what_was_believed_before()
    {
        var service = _rig.Add("nas", retries: 1);
        _rig.Pass(1);
        _rig.Probe.Answer = _ => FakeAnswer.Refused;
        _rig.Pass(61);
        Assert.Equal(HealthStatus.Unknown, _rig.Observer.Seen[0].Before.Status);
        var down = _rig.Observer.Seen.First(x => !x.Result.Passed);
        Assert.Equal(HealthStatus.Healthy, down.Before.Status);
        Assert.Equal(HealthStatus.Unhealthy, down.Service.Health!.Status);
        Assert.Equal(service.Id, down.Service.Id);
    }

    [Fact]
    public void A_probe_that_throws_is_a_failed_check_and_stops_nothing()
    {
        var service = _rig.Add("nas", interval: 30);
        _rig.Probe.Answer = _ => new FakeAnswer(CheckOutcome.Error, default, new InvalidOperationException("a bug"));
        _rig.Pass(100);
        Assert.Equal(ServiceStatus.Unhealthy, _rig.Get(service.Id).Status);
        Assert.InRange(_rig.Probe.Count, 4, 5);
    }
}
