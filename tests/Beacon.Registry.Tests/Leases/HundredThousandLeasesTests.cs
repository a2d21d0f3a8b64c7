using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Registry.Tests.Leases;

/// <summary>100,000 leases of 10 to 60 seconds, renewed at random: none ends early, none later than a quarter of a second.</summary>
public sealed class HundredThousandLeasesTests
{
    private const int Leases = 100_000;
    private static readonly TimeSpan LatestEnd = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void No_lease_ends_early_and_none_later_than_a_quarter_of_a_second()
    {
        var random = new Random(Seeds.Next(x => TestContext.Current.TestOutputHelper?.WriteLine(x)));
        var rig = new RegistryRig();
        var ids = new ServiceId[Leases];
        var ends = new Dictionary<ServiceId, DateTimeOffset>(Leases);
        for (var i = 0; i < Leases; i++)
        {
            var view = rig.Registry.Register(RegistryRig.Wish($"s{i}", random.Next(10, 61), port: (i % 65535) + 1)).Service;
            ids[i] = view.Id;
            ends[view.Id] = view.Lease.ExpiresAt;

            // Ends at all distances from a tick of the wheel.
            rig.Clock.Advance(TimeSpan.FromMicroseconds(random.Next(20)));
        }

        var worst = TimeSpan.Zero;
        var expired = 0;
        var start = rig.Clock.Elapsed;
        while (expired < Leases)
        {
            // The host's pace, held as badly as a timer on a busy board holds it.
            rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(50, (int)RegistryRig.Pace.TotalMilliseconds + 50)));
            var passed = rig.Clock.Elapsed - start;

            // For the first minute a thousand leases are renewed each tick; then all are left to end.
            for (var i = 0; i < 1000 && passed < TimeSpan.FromSeconds(60); i++)
            {
                var id = ids[random.Next(Leases)];
                if (ends.ContainsKey(id) && rig.Registry.Renew(id, null, out var renewed) == RegistryOutcome.Renewed && renewed.Status == ServiceStatus.Active)
                {
                    ends[id] = renewed.Lease.ExpiresAt;
                }
            }

            rig.Registry.Advance();
            var now = rig.Clock.GetUtcNow();
            foreach (var told in rig.Told().Where(x => x.Kind == RegistryEventKind.Expired))
            {
                var id = told.Service!.Value.Id;
                var late = now - ends[id];
                Assert.True(late >= TimeSpan.Zero, $"a lease ended {-late} early");
                worst = late > worst ? late : worst;
                ends.Remove(id);
                expired++;
            }

            Assert.True(passed < TimeSpan.FromMinutes(3), $"{Leases - expired} leases never ended");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"latest end {worst.TotalMilliseconds} ms");
        Assert.InRange(worst, TimeSpan.Zero, LatestEnd);
    }
}
