using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class ChangeTests : IDisposable
{
    private readonly MonitorRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_new_url_is_checked_at_once_although_the_old_one_hangs()
    {
        var service = _rig.Add("nas", "http://old:80/", timeout: 60);
        _rig.Probe.Answer = x => x.HealthCheck.Url!.Contains("old", StringComparison.Ordinal) ? FakeAnswer.Hangs(60) : FakeAnswer.Well;
        _rig.Pass(5);
        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://new:80/", null, null, null, null, null) });
        _rig.Pass(1.2);
        Assert.Equal("http://new:80/", _rig.Probe.Begun[^1].Url);
        Assert.Equal(HealthStatus.Healthy, _rig.Get(service.Id).Health!.Status);
        Assert.Equal(1, _rig.Probe.BrokenOff);
        Assert.False(_rig.Probe.Overlapped);
    }

    [Fact]
    public void A_result_about_the_old_url_says_nothing_about_the_new_one()
    {
        var service = _rig.Add("nas", "http://old:80/", retries: 1);
        _rig.Probe.Answer = x => x.HealthCheck.Url!.Contains("old", StringComparison.Ordinal) ? new FakeAnswer(CheckOutcome.Error, TimeSpan.FromSeconds(1)) : FakeAnswer.Hangs(10);
        _rig.Pass(0.5);

        // Between the last step before the answer and the one that would take in the change.
        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://new:80/", null, null, null, null, null) });
        _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        _rig.Probe.Settle();
        _rig.Monitor.Step();
        Assert.Null(_rig.Get(service.Id).Health);
        Assert.Empty(_rig.Observer.Seen);
    }

    [Fact]
    public void One_that_goes_away_is_left_alone_and_its_check_broken_off()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.Hangs(10);
        _rig.Pass(1);
        Assert.Equal(1, _rig.Probe.UnderWay);
        _rig.Registry.Deregister(service.Id);
        _rig.Pass(300);
        Assert.Equal(0, _rig.Probe.UnderWay);
        Assert.Equal(1, _rig.Probe.Count);
        Assert.Empty(_rig.Observer.Seen);
    }

    [Fact]
    public void One_that_registers_again_is_checked_at_once()
    {
        var service = _rig.Add("nas", interval: 3600);
        _rig.Pass(60);
        _rig.Add("nas", interval: 3600);
        _rig.Pass(1);
        Assert.Equal(2, _rig.Probe.TimesOf(service.Id).Count);
    }

    [Fact]
    public void Registering_again_and_again_does_not_hammer_the_target()
    {
        var service = _rig.Add("nas");
        for (var i = 0; i < 100; i++)
        {
            _rig.Add("nas");
            _rig.Pass(0.1);
        }

        var times = _rig.Probe.TimesOf(service.Id);
        Assert.InRange(times.Count, 5, 11);
        Assert.All(times.Skip(1).Zip(times), x => Assert.True(x.First - x.Second >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Changing_the_url_again_and_again_does_not_hammer_the_target()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.Hangs(10);
        for (var i = 0; i < 100; i++)
        {
            _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, $"http://nas:{1000 + i}/", null, null, null, null, null) });
            _rig.Pass(0.1);
        }

        Assert.InRange(_rig.Probe.Count, 5, 11);
    }

    [Fact]
    public void B12_an_unhealthy_service_is_checked_on_and_comes_back()
    {
        var service = _rig.Add("nas", interval: 30, ttl: 86_400);
        _rig.Pass(1);
        _rig.Probe.Answer = _ => FakeAnswer.Refused;
        _rig.Pass(3600);
        Assert.Equal(ServiceStatus.Unhealthy, _rig.Get(service.Id).Status);
        Assert.InRange(_rig.Probe.Count, 120, 123);
        _rig.Probe.Answer = _ => FakeAnswer.Well;
        _rig.Pass(31);
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void B12_an_expired_service_whose_health_keeps_its_lease_comes_back_by_a_check_that_passes()
    {
        _rig.Probe.Answer = _ => FakeAnswer.Refused;
        var service = _rig.Add("nas", interval: 30, ttl: 60);
        _rig.Pass(600);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
        _rig.Probe.Answer = _ => FakeAnswer.Well;
        _rig.Pass(31);
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void An_expired_service_that_lives_by_heartbeats_is_left_alone_until_one_comes()
    {
        var service = _rig.Add("nas", interval: 30, source: LeaseSource.Heartbeat, ttl: 60);
        _rig.Pass(90);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
        var before = _rig.Probe.Count;
        _rig.Pass(300);
        Assert.Equal(before, _rig.Probe.Count);

        _rig.Registry.Renew(service.Id, null, out _);
        _rig.Pass(1);
        Assert.Equal(before + 1, _rig.Probe.Count);
    }

    [Fact]
    public void B14_a_failing_check_takes_nothing_from_a_lease_renewed_meanwhile()
    {
        var service = _rig.Add("nas", ttl: 100);
        _rig.Probe.Answer = _ => FakeAnswer.Hangs(10);
        _rig.Pass(5);
        _rig.Registry.Renew(service.Id, 1000, out var renewed);
        _rig.Pass(10);
        Assert.Equal(renewed.Lease.ExpiresAt, _rig.Get(service.Id).Lease.ExpiresAt);
        Assert.Equal(1, _rig.Get(service.Id).Health!.ConsecutiveFailures);
    }

    [Fact]
    public void Events_that_were_lost_are_made_up_for_by_a_comparison()
    {
        using var rig = new MonitorRig(listenerCapacity: 4);
        var gone = rig.Add("gone");
        rig.Pass(1);
        rig.Registry.Deregister(gone.Id);
        var late = Enumerable.Range(0, 50).Select(i => rig.Add($"s{i}")).ToList();
        rig.Pass(1.5);
        Assert.All(late, x => Assert.NotEmpty(rig.Probe.TimesOf(x.Id)));
        rig.Pass(120);
        Assert.Single(rig.Probe.TimesOf(gone.Id));
    }

    [Fact]
    public void A_url_changed_while_events_were_lost_is_noticed()
    {
        using var rig = new MonitorRig(listenerCapacity: 2);
        var service = rig.Add("nas", "http://old:80/", interval: 3600);
        rig.Pass(2);
        rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://new:80/", null, null, null, null, null) });
        for (var i = 0; i < 10; i++)
        {
            rig.Registry.Register(MonitorRig.Wish($"plain{i}") with { HealthCheck = default });
        }

        rig.Pass(1);
        Assert.Equal("http://new:80/", rig.Probe.Begun[^1].Url);
    }
}
