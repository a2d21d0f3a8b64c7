using Beacon.Features.Health;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class ManyServicesTests
{
    private const int Many = 10_000;

    [Fact]
    public void B13_ten_thousand_services_are_all_checked_in_their_rhythm_for_hours()
    {
        using var rig = new MonitorRig(observes: false);
        rig.Probe.Records = false;
        var seen = new Dictionary<ServiceId, (TimeSpan First, TimeSpan Last, int Count)>(Many);
        var worst = TimeSpan.Zero;
        rig.Probe.OnBegin = x =>
        {
            var now = rig.Clock.Elapsed;
            if (!seen.TryGetValue(x.Id, out var before))
            {
                seen[x.Id] = (now, now, 1);
                return;
            }

            // The gap between the first two is shorter on purpose, to spread the phases.
            var drift = now - before.Last - TimeSpan.FromSeconds(x.HealthCheck.IntervalSeconds);
            worst = drift > worst ? drift : worst;
            seen[x.Id] = (before.First, now, before.Count + 1);
        };
        for (var i = 0; i < Many; i++)
        {
            rig.Add($"s{i}", interval: 60, ttl: 86_400);
        }

        rig.Pass(2 * 3600);
        Assert.Equal(Many, seen.Count);

        // 5 % of the interval.
        Assert.True(worst <= TimeSpan.FromSeconds(3), $"{worst} late");
        Assert.All(seen.Values, x => Assert.InRange(x.Count, 119, 122));
        Assert.False(rig.Probe.Overlapped);
        Assert.InRange(rig.Probe.MostAtOnce, 1, HealthOptions.DefaultConcurrency);
    }

    [Fact]
    public void First_checks_after_a_restart_are_spread_over_half_a_minute()
    {
        using var before = new MonitorRig();
        for (var i = 0; i < Many; i++)
        {
            before.Add($"s{i}");
        }

        using var rig = new MonitorRig(observes: false);
        rig.Registry.Load(before.Registry.Snapshot());
        rig.Pass(36, TimeSpan.FromMilliseconds(20));
        var bySecond = rig.Probe.Begun.GroupBy(x => x.Id).Select(x => x.First().At).GroupBy(x => (int)x.TotalSeconds).ToList();
        Assert.Equal(Many, bySecond.Sum(x => x.Count()));
        Assert.True(bySecond.Max(x => x.Count()) is >= 250 and <= 450, string.Join(" ", bySecond.OrderBy(x => x.Key).Select(x => $"{x.Key}:{x.Count()}")));
        Assert.InRange(bySecond.Max(x => x.Key), 29, 35);
    }

    [Fact]
    public void A_few_services_after_a_restart_are_checked_at_once()
    {
        using var before = new MonitorRig();
        for (var i = 0; i < 20; i++)
        {
            before.Add($"s{i}");
        }

        using var rig = new MonitorRig();
        rig.Registry.Load(before.Registry.Snapshot());
        rig.Pass(1);
        Assert.Equal(20, rig.Probe.Count);
    }
}
