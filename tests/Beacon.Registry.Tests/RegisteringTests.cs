using System.Net;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests;

public sealed class RegisteringTests
{
    private readonly RegistryRig _rig = new();

    [Fact]
    public void B5_the_same_name_host_and_port_is_the_same_service_merged_and_with_a_new_lease()
    {
        var first = _rig.Registry.Register(RegistryRig.Wish("lamp") with { Tags = ["a"], Metadata = [new("room", "hall")] }).Service;
        _rig.Clock.Advance(TimeSpan.FromSeconds(30));

        var second = _rig.Registry.Register(new Registration { Name = "lamp", Host = "10.0.0.1", Port = 80, Type = "mqtt" });

        Assert.Equal(RegistryOutcome.Updated, second.Outcome);
        Assert.Equal(first.Id, second.Service.Id);
        Assert.Equal(["a"], second.Service.Instance.Tags);
        Assert.Equal("_mqtt._tcp", second.Service.Instance.MdnsServiceType);
        Assert.Equal(first.Lease.ExpiresAt.AddSeconds(30), second.Service.Lease.ExpiresAt);
        Assert.Equal([RegistryEventKind.Registered, RegistryEventKind.Updated], _rig.Told().Select(x => x.Kind));
    }

    [Fact]
    public void An_expired_service_that_registers_again_keeps_its_id_and_is_told_of_as_new()
    {
        var first = _rig.Add("lamp", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(11));
        _rig.Told();

        var second = _rig.Registry.Register(RegistryRig.Wish("lamp", 10));

        Assert.Equal(first.Id, second.Service.Id);
        Assert.Equal(ServiceStatus.Active, second.Service.Status);
        Assert.Equal(RegistryEventKind.Registered, Assert.Single(_rig.Told()).Kind);
        _rig.Pass(TimeSpan.FromSeconds(10.2));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(first.Id).Status);
    }

    [Fact]
    public void B27_the_same_name_on_two_hosts_is_two_services()
    {
        var one = _rig.Registry.Register(RegistryRig.Wish("esp32-sensor", host: "10.0.0.1")).Service;
        var two = _rig.Registry.Register(RegistryRig.Wish("esp32-sensor", host: "10.0.0.2")).Service;

        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal(2, _rig.Registry.Count);
    }

    [Fact]
    public void A_full_registry_refuses_new_services_and_still_renews_known_ones()
    {
        var rig = new RegistryRig(new RegistryLimits { MaxServices = 1 });
        rig.Add("first");

        Assert.Equal(RegistryOutcome.LimitReached, rig.Registry.Register(RegistryRig.Wish("second")).Outcome);
        Assert.Equal(RegistryOutcome.Updated, rig.Registry.Register(RegistryRig.Wish("first")).Outcome);
    }

    [Fact]
    public void An_update_changes_content_and_not_the_lease()
    {
        var before = _rig.Add("lamp");
        _rig.Clock.Advance(TimeSpan.FromSeconds(5));

        var change = _rig.Registry.Update(before.Id, new ServicePatch { Port = 81, Tags = ["new"] });

        Assert.Equal(RegistryOutcome.Updated, change.Outcome);
        Assert.Equal(before.Lease, change.Service.Lease);
        Assert.Equal(81, change.Service.Instance.Port);
        Assert.Equal(before.Lease.LastHeartbeat.AddSeconds(5), change.Service.UpdatedAt);
    }

    [Fact]
    public void An_update_to_another_services_identity_is_refused_and_changes_nothing()
    {
        var one = _rig.Add("one");
        _rig.Add("two");

        Assert.Equal(RegistryOutcome.IdentityTaken, _rig.Registry.Update(one.Id, new ServicePatch { Name = "two" }).Outcome);
        Assert.Equal("one", _rig.Get(one.Id).Instance.Name);
    }

    [Fact]
    public void After_an_update_of_its_name_a_service_is_known_by_the_new_one_only()
    {
        var one = _rig.Add("one");
        _rig.Registry.Update(one.Id, new ServicePatch { Name = "renamed" });

        Assert.Equal(one.Id, _rig.Registry.Register(RegistryRig.Wish("renamed")).Service.Id);
        Assert.NotEqual(one.Id, _rig.Registry.Register(RegistryRig.Wish("one")).Service.Id);
    }

    [Fact]
    public void A_chosen_mdns_type_outlives_a_change_of_the_type()
    {
        var view = _rig.Registry.Register(RegistryRig.Wish("printer") with { MdnsServiceType = "_ipp._tcp" }).Service;

        _rig.Registry.Update(view.Id, new ServicePatch { Type = "http" });

        Assert.Equal("_ipp._tcp", _rig.Get(view.Id).Instance.MdnsServiceType);
    }

    [Fact]
    public void Deregistering_tells_once_and_frees_the_identity()
    {
        var view = _rig.Add("lamp");
        _rig.Told();

        Assert.Equal(RegistryOutcome.Deregistered, _rig.Registry.Deregister(view.Id).Outcome);
        Assert.Equal(RegistryOutcome.UnknownService, _rig.Registry.Deregister(view.Id).Outcome);
        _rig.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(RegistryEventKind.Deregistered, Assert.Single(_rig.Told()).Kind);
        Assert.NotEqual(view.Id, _rig.Add("lamp").Id);
    }

    [Fact]
    public void The_clean_up_removes_what_expired_long_enough_ago_and_says_how_much()
    {
        _rig.Add("old", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(60));
        var recent = _rig.Add("recent", ttl: 10);
        _rig.Pass(TimeSpan.FromSeconds(15));
        _rig.Told();

        _rig.Registry.CleanUp(TimeSpan.FromSeconds(30), out var removed);

        Assert.Equal(1, removed);
        Assert.Equal([RegistryEventKind.Removed, RegistryEventKind.CleanedUp], _rig.Told().Select(x => x.Kind));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(recent.Id).Status);
    }

    [Fact]
    public void Sequences_rise_by_one_with_each_event()
    {
        for (var i = 0; i < 20; i++)
        {
            _rig.Add($"s{i}", ttl: 10);
        }

        _rig.Pass(TimeSpan.FromSeconds(12));

        Assert.Equal(Enumerable.Range(1, 40).Select(x => (long)x), _rig.Told().Select(x => x.Sequence));
    }

    [Fact]
    public void The_source_address_of_the_latest_registration_is_kept()
    {
        var wish = RegistryRig.Wish("lamp") with { SourceAddress = IPAddress.Parse("10.0.0.7") };
        _rig.Registry.Register(wish);

        var again = _rig.Registry.Register(wish with { SourceAddress = IPAddress.Parse("10.0.0.8") }).Service;

        Assert.Equal(IPAddress.Parse("10.0.0.8"), again.Instance.SourceAddress);
    }
}
