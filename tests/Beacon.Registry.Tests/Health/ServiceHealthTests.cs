using Beacon.Registry.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Health;

/// <summary>What the registry makes of check results: status, events, what is remembered.</summary>
public sealed class ServiceHealthTests
{
    private readonly HealthRig _health = new();

    private RegistryRig Rig => _health.Rig;

    [Fact]
    public void Failures_in_a_row_make_a_service_unhealthy_and_one_success_active_again()
    {
        var service = _health.Add("wiki");

        _health.Fail(service.Id, 2);
        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        _health.Fail(service.Id, 1);
        Assert.Equal(ServiceStatus.Unhealthy, Rig.Get(service.Id).Status);
        Assert.Equal(new RegistryCounts(1, 0, 1, 0), Rig.Registry.Counts());
        _health.Check(service.Id);
        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        Assert.Equal(new RegistryCounts(1, 1, 0, 0), Rig.Registry.Counts());
    }

    [Fact]
    public void Everyone_is_told_of_changes_and_of_nothing_else()
    {
        var service = _health.Add("wiki");
        Rig.Told();

        _health.Check(service.Id);
        _health.Check(service.Id);
        _health.Fail(service.Id, 5);
        _health.Check(service.Id);

        var told = Rig.Told().Where(x => x.Kind == RegistryEventKind.HealthChanged).Select(x => x.Service!.Value).ToList();
        Assert.Equal([HealthStatus.Healthy, HealthStatus.Unhealthy, HealthStatus.Healthy], told.Select(x => x.Health!.Status));
        Assert.Equal("answered 503, expected 200-299", told[1].Health!.Last!.Value.Error);
        Assert.Equal(3, told[1].Health!.ConsecutiveFailures);
    }

    [Fact]
    public void A_result_about_another_question_does_not_count()
    {
        var service = _health.Add("wiki");
        var before = service.Instance;
        Rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://10.0.0.1/other", null, null, null, null, null) });

        var change = _health.Report(before, passes: true);

        Assert.Equal(RegistryOutcome.Outdated, change.Outcome);
        Assert.Null(Rig.Get(service.Id).Health);
    }

    [Fact]
    public void A_result_counts_although_tags_or_the_interval_changed_meanwhile()
    {
        var service = _health.Add("wiki");
        Rig.Registry.Update(service.Id, new ServicePatch
        {
            Tags = ["new"],
            HealthCheck = new HealthCheckPatch(false, null, 45, null, null, null, null),
        });

        Assert.Equal(RegistryOutcome.Updated, _health.Report(service.Instance, passes: true).Outcome);
    }

    [Fact]
    public void A_result_about_a_service_that_is_gone_is_dropped()
    {
        var service = _health.Add("wiki");
        Rig.Registry.Deregister(service.Id);

        Assert.Equal(RegistryOutcome.UnknownService, _health.Report(service.Instance, passes: true).Outcome);
    }

    [Fact]
    public void Another_question_begins_without_a_verdict()
    {
        var service = _health.Add("wiki");
        _health.Fail(service.Id, 3);

        Rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://10.0.0.1/other", null, null, null, null, null) });

        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
        Assert.Null(Rig.Get(service.Id).Health);
    }

    [Fact]
    public void Without_a_check_nothing_can_be_unhealthy()
    {
        var service = _health.Add("wiki");
        _health.Fail(service.Id, 3);

        Rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(false, null, null, null, null, false, null) });

        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
    }

    [Fact]
    public void Registering_again_does_not_hide_what_the_checks_say()
    {
        var service = _health.Add("wiki");
        _health.Fail(service.Id, 3);

        var again = _health.Add("wiki");

        Assert.Equal(service.Id, again.Id);
        Assert.Equal(ServiceStatus.Unhealthy, again.Status);
        _health.Check(service.Id);
        Assert.Equal(ServiceStatus.Active, Rig.Get(service.Id).Status);
    }

    [Fact]
    public void B12_a_heartbeat_of_an_unhealthy_service_renews_its_lease_and_leaves_the_verdict_to_the_checks()
    {
        var service = _health.Add("wiki");
        _health.Fail(service.Id, 3);
        Rig.Pass(TimeSpan.FromSeconds(50));

        Rig.Registry.Renew(service.Id, null, out var renewed);

        Assert.Equal(ServiceStatus.Unhealthy, renewed.Status);
        Assert.Equal(service.Lease.ExpiresAt.AddSeconds(50), renewed.Lease.ExpiresAt);
    }

    [Fact]
    public void What_was_unhealthy_before_a_restart_is_so_until_a_check_passes()
    {
        var service = _health.Add("wiki", ttl: 600);
        _health.Fail(service.Id, 3);
        var after = new HealthRig();
        after.Rig.Registry.Load(Rig.Registry.Snapshot());

        Assert.Equal(ServiceStatus.Unhealthy, after.Rig.Get(service.Id).Status);
        after.Check(service.Id);
        Assert.Equal(ServiceStatus.Active, after.Rig.Get(service.Id).Status);
    }

    [Fact]
    public void What_was_unhealthy_when_it_was_stored_and_is_not_checked_any_more_is_active()
    {
        var service = _health.Add("wiki", ttl: 600);
        _health.Fail(service.Id, 3);
        var stored = Rig.Get(service.Id);
        var unchecked_ = stored with { Instance = stored.Instance with { HealthCheck = HealthCheckSettings.Default } };
        var after = new RegistryRig();

        after.Registry.Load([unchecked_]);

        Assert.Equal(ServiceStatus.Active, after.Get(service.Id).Status);
    }
}
