using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Health;

/// <summary>Leases that live by checks, by heartbeats, or by both.</summary>
public sealed class HealthLeaseTests
{
    private static readonly TimeSpan LatestEnd = TimeSpan.FromMilliseconds(250);
    private readonly HealthRig _health = new();

    private RegistryRig Rig => _health.Rig;

    [Fact]
    public void A_service_that_passes_its_checks_needs_no_heartbeat()
    {
        var service = _health.Add("wiki", ttl: 60, interval: 30);

        for (var i = 0; i < 200; i++)
        {
            Rig.Pass(TimeSpan.FromSeconds(30));
            _health.Check(service.Id);
        }

        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        Assert.DoesNotContain(Rig.Told(), x => x.Kind == RegistryEventKind.Expired);
    }

    [Fact]
    public void A_service_that_neither_beats_nor_passes_ends()
    {
        var service = _health.Add("wiki", ttl: 60);
        Rig.Pass(TimeSpan.FromSeconds(30));
        _health.Check(service.Id, passes: false);

        Rig.Pass(TimeSpan.FromSeconds(30) + LatestEnd);

        Assert.Equal(ServiceStatus.Expired, Rig.Get(service.Id).Status);
    }

    [Fact]
    public void B14_a_failing_check_takes_nothing_from_a_lease()
    {
        var service = _health.Add("wiki", ttl: 60);
        var checkedAs = service.Instance;
        Rig.Pass(TimeSpan.FromSeconds(50));
        Rig.Registry.Renew(service.Id, 600, out var renewed);

        _health.Report(checkedAs, passes: false);

        Assert.Equal(renewed.Lease, Rig.Get(service.Id).Lease);
    }

    [Fact]
    public void B14_a_passing_check_does_not_shorten_a_longer_lease()
    {
        var service = _health.Add("wiki", ttl: 60);
        Rig.Registry.Renew(service.Id, 86400, out var renewed);

        _health.Check(service.Id);

        Assert.Equal(renewed.Lease.ExpiresAt, Rig.Get(service.Id).Lease.ExpiresAt);
    }

    [Fact]
    public void A_service_that_lives_by_heartbeats_does_not_live_by_checks()
    {
        var service = _health.Add("wiki", ttl: 60, source: LeaseSource.Heartbeat);
        Rig.Pass(TimeSpan.FromSeconds(40));
        _health.Check(service.Id);

        Rig.Pass(TimeSpan.FromSeconds(20) + LatestEnd);

        Assert.Equal(ServiceStatus.Expired, Rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_service_that_lives_by_checks_does_not_live_by_heartbeats()
    {
        var service = _health.Add("wiki", ttl: 60, source: LeaseSource.Health);
        Rig.Pass(TimeSpan.FromSeconds(40));

        Assert.Equal(RegistryOutcome.Renewed, Rig.Registry.Renew(service.Id, null, out var beaten));
        Assert.Equal(service.Lease.ExpiresAt, beaten.Lease.ExpiresAt);
        Rig.Pass(TimeSpan.FromSeconds(20) + LatestEnd);

        Assert.Equal(ServiceStatus.Expired, Rig.Get(service.Id).Status);
    }

    [Theory]
    [InlineData(null, null, LeaseSource.Both)]
    [InlineData(null, false, LeaseSource.Heartbeat)]
    [InlineData(LeaseSource.Health, false, LeaseSource.Health)]
    [InlineData(LeaseSource.Heartbeat, true, LeaseSource.Heartbeat)]
    public void The_source_in_force_is_the_chosen_one_or_follows_from_the_check(LeaseSource? chosen, bool? fallback, LeaseSource expected) =>
        Assert.Equal(expected, _health.Add("wiki", source: chosen, fallback: fallback).Instance.LeaseSource);

    [Fact]
    public void Without_a_check_only_heartbeats_keep_a_lease_whatever_was_chosen()
    {
        var wish = RegistryRig.Wish("wiki") with { LeaseSource = LeaseSource.Health };

        Assert.Equal(LeaseSource.Heartbeat, Rig.Registry.Register(wish).Service.Instance.LeaseSource);
    }

    [Fact]
    public void A_lease_shorter_than_the_pause_between_checks_lasts_until_they_could_have_failed()
    {
        var service = _health.Add("wiki", ttl: 10, interval: 600, retries: 3, source: LeaseSource.Health);
        _health.Check(service.Id);

        Rig.Pass(TimeSpan.FromSeconds(3 * 600));

        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        Rig.Pass(TimeSpan.FromSeconds(3 * 10) + LatestEnd);
        Assert.Equal(ServiceStatus.Expired, Rig.Get(service.Id).Status);
    }

    [Fact]
    public void A_check_that_passes_brings_an_expired_service_back()
    {
        var service = _health.Add("wiki", ttl: 60);
        Rig.Pass(TimeSpan.FromSeconds(61));
        Rig.Told();

        _health.Check(service.Id);

        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        Assert.Contains(Rig.Told(), x => x.Kind == RegistryEventKind.Revived);
    }

    [Fact]
    public void Checks_that_fail_while_a_service_is_expired_are_told_to_nobody()
    {
        var service = _health.Add("wiki", ttl: 60);
        Rig.Pass(TimeSpan.FromSeconds(61));
        Rig.Told();

        _health.Fail(service.Id, 4);

        Assert.Equal(ServiceStatus.Expired, Rig.Get(service.Id).Status);
        Assert.Equal(HealthStatus.Unhealthy, Rig.Get(service.Id).Health!.Status);
        Assert.Empty(Rig.Told());
    }

    [Fact]
    public void The_clean_up_keeps_what_a_check_could_bring_back_longer()
    {
        var byHealth = _health.Add("wiki", ttl: 10);
        var byHeartbeat = Rig.Add("lamp", ttl: 10);
        Rig.Pass(TimeSpan.FromSeconds(60));

        Rig.Registry.CleanUp(TimeSpan.FromSeconds(30), TimeSpan.FromDays(7), out var removed);

        Assert.Equal(1, removed);
        Assert.False(Rig.Registry.TryGet(byHeartbeat.Id, out _));
        Assert.True(Rig.Registry.TryGet(byHealth.Id, out _));
    }
}
