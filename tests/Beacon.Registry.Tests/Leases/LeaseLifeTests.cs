using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Registry.Tests.Leases;

/// <summary>When leases end, through the registry's own door.</summary>
public sealed class LeaseLifeTests
{
    private static readonly TimeSpan LatestEnd = TimeSpan.FromMilliseconds(250);
    private readonly RegistryRig _rig = new();

    [Fact]
    public void A_lease_ends_after_its_ttl_and_within_a_quarter_of_a_second()
    {
        var service = _rig.Add("sensor", ttl: 10);

        _rig.Pass(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);

        _rig.Pass(LatestEnd);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void B7_an_expired_service_stays_readable_and_everyone_is_told_once()
    {
        var service = _rig.Add("sensor", ttl: 10);
        _rig.Told();

        _rig.Pass(TimeSpan.FromSeconds(30));

        var told = Assert.Single(_rig.Told());
        Assert.Equal(RegistryEventKind.Expired, told.Kind);
        Assert.Equal(service.Id, told.Service!.Value.Id);
        Assert.Equal(ServiceStatus.Expired, told.Service.Value.Status);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_renewed_lease_ends_a_whole_ttl_after_the_renewal()
    {
        var service = _rig.Add("sensor", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(9));

        Assert.Equal(RegistryOutcome.Renewed, _rig.Registry.Renew(service.Id, null, out var renewed));

        Assert.Equal(service.Lease.ExpiresAt.AddSeconds(9), renewed.Lease.ExpiresAt);
        _rig.Pass(TimeSpan.FromSeconds(9.9));
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
        _rig.Pass(LatestEnd);
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_renewal_may_shorten_the_lease_and_then_it_ends_early()
    {
        var service = _rig.Add("sensor", ttl: 600);

        _rig.Registry.Renew(service.Id, 10, out _);
        _rig.Pass(TimeSpan.FromSeconds(10) + LatestEnd);

        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_ttl_given_with_a_renewal_holds_for_that_renewal_only()
    {
        var service = _rig.Add("sensor", ttl: 60);

        _rig.Registry.Renew(service.Id, 600, out var longer);
        Assert.Equal(TimeSpan.FromSeconds(600), longer.Lease.ExpiresAt - longer.Lease.LastHeartbeat);
        Assert.Equal(60, longer.Instance.TtlSeconds);

        _rig.Registry.Renew(service.Id, null, out var usual);
        Assert.Equal(TimeSpan.FromSeconds(60), usual.Lease.ExpiresAt - usual.Lease.LastHeartbeat);
    }

    [Fact]
    public void B12_a_heartbeat_revives_an_expired_service_and_says_so()
    {
        var service = _rig.Add("sensor", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(11));
        _rig.Told();

        Assert.Equal(RegistryOutcome.Renewed, _rig.Registry.Renew(service.Id, null, out var view));
        _rig.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(ServiceStatus.Active, view.Status);
        Assert.Equal([RegistryEventKind.Revived, RegistryEventKind.Renewed], _rig.Told().Select(x => x.Kind));
        _rig.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_heartbeat_for_an_unknown_service_is_an_outcome_not_an_error()
    {
        Assert.Equal(RegistryOutcome.UnknownService, _rig.Registry.Renew(ServiceId.New(), null, out _));
    }

    [Fact]
    public void Renewing_allocates_nothing()
    {
        var ids = Enumerable.Range(0, 100).Select(x => _rig.Add($"sensor {x}").Id).ToArray();
        var next = 0;

        var bytes = AllocationAssert.BytesIn1000Runs(() => _rig.Registry.Renew(ids[next++ % ids.Length], null, out _));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Many_renewals_between_two_ticks_are_told_once_with_the_last_end()
    {
        var service = _rig.Add("sensor", ttl: 60);
        _rig.Told();
        for (var i = 0; i < 50; i++)
        {
            _rig.Registry.Renew(service.Id, 100 + i, out _);
        }

        _rig.Registry.Advance();

        var told = Assert.Single(_rig.Told());
        Assert.Equal(RegistryEventKind.Renewed, told.Kind);
        Assert.Equal(TimeSpan.FromSeconds(149), told.Service!.Value.Lease.ExpiresAt - told.Service.Value.Lease.LastHeartbeat);
    }

    [Fact]
    public void Setting_the_wall_clock_ends_no_lease_and_prolongs_none()
    {
        var service = _rig.Add("sensor", ttl: 60);

        _rig.Clock.StepWallClock(TimeSpan.FromDays(400));
        _rig.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(ServiceStatus.Active, _rig.Get(service.Id).Status);
        Assert.True(_rig.Get(service.Id).Lease.ExpiresAt > _rig.Clock.GetUtcNow());

        _rig.Clock.StepWallClock(TimeSpan.FromDays(-800));
        _rig.Pass(TimeSpan.FromSeconds(1.2));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_process_that_slept_for_an_hour_ends_what_ended_meanwhile()
    {
        var ended = _rig.Add("ended", ttl: 60);
        var runs = _rig.Add("runs", ttl: 7200);

        _rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, _rig.Registry.Advance());
        Assert.Equal(ServiceStatus.Expired, _rig.Get(ended.Id).Status);
        Assert.Equal(ServiceStatus.Active, _rig.Get(runs.Id).Status);
    }
}
