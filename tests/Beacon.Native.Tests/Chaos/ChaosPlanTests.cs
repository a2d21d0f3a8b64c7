using Beacon.Testing.Chaos;

namespace Beacon.Native.Tests.Chaos;

public class ChaosPlanTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_seed_always_draws_the_same_faults() => Assert.Equal(ChaosPlan.Draw(7, Minute), ChaosPlan.Draw(7, Minute));

    [Fact]
    public void Thirty_seeds_try_every_fault_one_at_a_time_and_kill_in_each_run()
    {
        var plans = Enumerable.Range(1, 30).Select(x => ChaosPlan.Draw(x, Minute)).ToList();
        Assert.Equal(Enum.GetValues<ChaosFault>(), plans.SelectMany(x => x).Select(x => x.Fault).Distinct().Order());
        Assert.All(plans, plan =>
        {
            Assert.Contains(plan, x => x.Fault == ChaosFault.KillBeacon);
            var faults = plan.Where(x => x.Fault != ChaosFault.KillBeacon).ToList();
            Assert.All(faults.Zip(faults.Skip(1)), x => Assert.True(x.First.End <= x.Second.At));
            Assert.All(plan, x => Assert.True(x.End <= Minute));
        });
    }
}
