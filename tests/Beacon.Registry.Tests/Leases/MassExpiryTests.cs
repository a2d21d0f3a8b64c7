using Beacon.Registry.Events;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Leases;

/// <summary>Very many leases that end together: in portions, none lost, none told of twice, and who renews in between keeps its own.</summary>
public sealed class MassExpiryTests
{
    private const int Leases = 10_000;
    private const int Portion = ServiceRegistry.MostEndsPerCall;

    private readonly RegistryRig _rig = new();

    [Fact]
    public void They_end_in_portions_and_each_is_told_of_once()
    {
        var ids = Register();
        _rig.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(
            [(Portion, true), (Portion, true), (Leases - (2 * Portion), false), (0, false)],
            Enumerable.Range(0, 4).Select(_ => (_rig.Registry.Advance(), _rig.Registry.IsBehind)));
        Assert.Equal(ids.Order(), _rig.Told().Where(x => x.Kind == RegistryEventKind.Expired).Select(x => x.Service!.Value.Id).Order());
        Assert.Equal(new RegistryCounts(Leases, 0, 0, Leases), _rig.Registry.Counts());
        Assert.Empty(_rig.Registry.Types());
        Assert.Empty(_rig.Registry.Tags());
        Assert.Equal(Leases, _rig.Registry.Query(new ServiceFilter { Status = ServiceStatus.Expired }, 0, 1).Total);
    }

    [Fact]
    public void Those_whose_turn_has_not_come_may_still_be_renewed_removed_and_registered_again()
    {
        var ids = Register();
        _rig.Clock.Advance(TimeSpan.FromSeconds(11));
        _rig.Registry.Advance();

        // All were made in one instant, so their turns come in the order of their ids.
        var left = ids.Where(id => _rig.Get(id).Status == ServiceStatus.Active).Order().ToList();
        Assert.Equal(Leases - Portion, left.Count);
        Assert.Equal(RegistryOutcome.Renewed, _rig.Registry.Renew(left[0], 20, out _));
        Assert.Equal(RegistryOutcome.Deregistered, _rig.Registry.Deregister(left[1]).Outcome);
        var again = _rig.Get(left[2]).Instance;
        Assert.Equal(RegistryOutcome.Updated, _rig.Registry.Register(RegistryRig.Wish(again.Name, 30, again.Host, again.Port)).Outcome);
        _rig.Told();
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(_rig.Told().Where(x => x.Kind == RegistryEventKind.Expired).Select(x => x.Service!.Value.Id), left[..3].Contains);
        Assert.Equal(ServiceStatus.Active, _rig.Get(left[0]).Status);
        Assert.Equal(ServiceStatus.Active, _rig.Get(left[2]).Status);
        Assert.Equal(2, _rig.Registry.Counts().Active);

        _rig.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(left[0]).Status);
        _rig.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(ServiceStatus.Expired, _rig.Get(left[2]).Status);
        Assert.Equal(2, _rig.Told().Count(x => x.Kind == RegistryEventKind.Expired));
    }

    private List<ServiceId> Register()
    {
        var ids = new List<ServiceId>(Leases);
        for (var i = 0; i < Leases; i++)
        {
            var wish = RegistryRig.Wish($"s{i}", 10, $"h{i % 100}", (i % 65_535) + 1) with { Type = i % 2 == 0 ? "mqtt" : "http", Tags = ["all", $"room-{i % 50}"] };
            ids.Add(_rig.Registry.Register(wish).Service.Id);
        }

        _rig.Told();
        return ids;
    }
}
