using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Health;

/// <summary>Planned interruptions: how long they last, and what they do to a lease.</summary>
public sealed class MaintenanceTests
{
    private static readonly TimeSpan LatestEnd = TimeSpan.FromMilliseconds(250);
    private readonly RegistryRig _rig = new();

    [Fact]
    public void It_is_shown_told_and_over_at_the_time_that_was_said()
    {
        var service = _rig.Add("nas", ttl: 60);
        _rig.Told();

        var begun = Begin(service.Id, TimeSpan.FromMinutes(10));

        Assert.Equal("new disks", begun.Service.Instance.Maintenance!.Reason);
        Assert.Equal(RegistryEventKind.Updated, Assert.Single(_rig.Told()).Kind);
        _rig.Pass(TimeSpan.FromMinutes(10) - LatestEnd);
        Assert.NotNull(_rig.Get(service.Id).Instance.Maintenance);
        _rig.Pass(LatestEnd * 2);
        Assert.Null(_rig.Get(service.Id).Instance.Maintenance);
        Assert.Equal(RegistryEventKind.Updated, Assert.Single(_rig.Told()).Kind);
    }

    [Fact]
    public void The_lease_outlasts_it_by_one_usual_lease()
    {
        var service = _rig.Add("nas", ttl: 60);
        Begin(service.Id, TimeSpan.FromMinutes(10));

        _rig.Pass(TimeSpan.FromMinutes(10.9));
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);

        _rig.Pass(TimeSpan.FromMinutes(0.1) + LatestEnd);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_heartbeat_meanwhile_does_not_bring_the_end_forward()
    {
        var service = _rig.Add("nas", ttl: 60);
        Begin(service.Id, TimeSpan.FromMinutes(10));

        _rig.Registry.Renew(service.Id, null, out _);
        _rig.Pass(TimeSpan.FromMinutes(9));

        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void Ended_early_it_leaves_one_usual_lease()
    {
        var service = _rig.Add("nas", ttl: 60);
        Begin(service.Id, TimeSpan.FromHours(10));

        _rig.Registry.SetMaintenance(service.Id, null);

        Assert.Null(_rig.Get(service.Id).Instance.Maintenance);
        _rig.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
        _rig.Pass(TimeSpan.FromSeconds(1) + LatestEnd);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void It_goes_on_over_a_restart()
    {
        var service = _rig.Add("nas", ttl: 60);
        Begin(service.Id, TimeSpan.FromMinutes(10));
        var after = new RegistryRig();

        after.Registry.Load(_rig.Registry.Snapshot());

        after.Pass(TimeSpan.FromMinutes(10) - LatestEnd);
        Assert.NotNull(after.Get(service.Id).Instance.Maintenance);
        after.Pass(LatestEnd * 2);
        Assert.Null(after.Get(service.Id).Instance.Maintenance);
    }

    [Fact]
    public void A_wall_clock_that_is_set_moves_its_end_and_makes_no_lease_immortal()
    {
        var service = _rig.Add("nas", ttl: 60);
        _rig.Clock.StepWallClock(TimeSpan.FromDays(-300));
        _rig.Pass(RegistryRig.Pace);
        Begin(service.Id, TimeSpan.FromDays(300) + TimeSpan.FromMinutes(10));
        _rig.Registry.Renew(service.Id, null, out _);

        _rig.Clock.StepWallClock(TimeSpan.FromDays(300));
        _rig.Pass(TimeSpan.FromMinutes(10) + LatestEnd);

        Assert.Null(_rig.Get(service.Id).Instance.Maintenance);
        Assert.InRange(
            _rig.Get(service.Id).Lease.ExpiresAt, _rig.Clock.GetUtcNow(), _rig.Clock.GetUtcNow().AddSeconds(ServiceLimits.MaxTtl));
    }

    [Fact]
    public void A_service_that_is_gone_is_not_told_of_when_it_would_have_been_over()
    {
        var service = _rig.Add("nas", ttl: 60);
        Begin(service.Id, TimeSpan.FromMinutes(10));
        _rig.Registry.Deregister(service.Id);
        _rig.Told();

        _rig.Pass(TimeSpan.FromMinutes(11));

        Assert.Empty(_rig.Told());
    }

    [Fact]
    public void Of_an_unknown_service_it_is_refused() =>
        Assert.Equal(RegistryOutcome.UnknownService, _rig.Registry.SetMaintenance(ServiceId.New(), null).Outcome);

    private RegistryChange Begin(ServiceId id, TimeSpan length)
    {
        var now = _rig.Clock.GetUtcNow();
        return _rig.Registry.SetMaintenance(id, new Maintenance(now, now + length, "new disks"));
    }
}
