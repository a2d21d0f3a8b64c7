using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Leases;

/// <summary>Real threads: renewals against the very tick at which the lease ends.</summary>
public sealed class RenewalRaceTests
{
    private const int Rounds = 1_000;

    [Fact]
    public async Task A_lease_renewed_at_the_instant_it_ends_is_alive_afterwards_and_what_is_told_adds_up()
    {
        var rig = new RegistryRig();
        var service = rig.Add("contested", ttl: 10);
        for (var round = 0; round < Rounds; round++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(10.1));
            using var together = new Barrier(2);
            var renewal = Task.Run(() =>
            {
                together.SignalAndWait();
                return rig.Registry.Renew(service.Id, null, out _);
            }, TestContext.Current.CancellationToken);
            together.SignalAndWait(TestContext.Current.CancellationToken);
            rig.Registry.Advance();

            Assert.Equal(RegistryOutcome.Renewed, await renewal);
            Assert.Equal(ServiceStatus.Active, rig.Get(service.Id).Status);
            Assert.Equal(new RegistryCounts(1, 1, 0, 0), rig.Registry.Counts());
        }

        // Each end that was told of was taken back by exactly one revival.
        var told = rig.Told();
        Assert.Equal(told.Count(x => x.Kind == RegistryEventKind.Expired), told.Count(x => x.Kind == RegistryEventKind.Revived));
        rig.Pass(TimeSpan.FromSeconds(11));
        Assert.Equal(ServiceStatus.Expired, rig.Get(service.Id).Status);
    }
}
