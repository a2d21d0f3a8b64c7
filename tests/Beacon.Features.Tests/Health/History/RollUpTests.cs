using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Testing;

namespace Beacon.Features.Tests.Health.History;

public sealed class RollUpTests
{
    private readonly Random _random = new(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));

    [Fact]
    public void Percentiles_are_those_of_a_sorted_list_by_the_nearest_rank()
    {
        for (var run = 0; run < 500; run++)
        {
            var times = Enumerable.Range(0, _random.Next(1, 300)).Select(_ => _random.Next(1, 50_000)).ToList();
            var rollUp = RollUp.Of(0, times.Select(x => Passed(x)));
            times.Sort();

            Assert.Equal(times.First(x => times.Count(y => y <= x) * 2 >= times.Count), rollUp.P50);
            Assert.Equal(times.First(x => times.Count(y => y <= x) * 100 >= times.Count * 95), rollUp.P95);
            Assert.Equal((times[0], times[^1], times.Average()), (rollUp.Min, rollUp.Max, rollUp.Mean));
        }
    }

    [Fact]
    public void Joining_counts_exactly_and_keeps_percentiles_between_those_of_the_parts()
    {
        for (var run = 0; run < 500; run++)
        {
            var groups = Enumerable.Range(0, _random.Next(2, 30))
                .Select(_ => Enumerable.Range(0, _random.Next(1, 60)).Select(_ => Any()).ToList())
                .ToList();
            var parts = groups.Select(x => RollUp.Of(0, x)).ToList();
            var joined = RollUp.Join(0, parts);
            var exact = RollUp.Of(0, groups.SelectMany(x => x));

            Assert.Equal(exact with { P50 = 0, P95 = 0 }, joined with { P50 = 0, P95 = 0 });
            var timed = parts.Where(x => x.Timed > 0).ToList();
            if (timed.Count > 0)
            {
                Assert.InRange(joined.P50, timed.Min(x => x.P50), timed.Max(x => x.Max));
                Assert.True(joined.Min <= joined.P50 && joined.P50 <= joined.P95 && joined.P95 <= joined.Max);
            }
        }
    }

    [Fact]
    public void Joining_parts_of_one_value_each_is_exact()
    {
        for (var run = 0; run < 200; run++)
        {
            var times = Enumerable.Range(0, _random.Next(2, 100)).Select(_ => _random.Next(1, 50_000)).ToList();

            Assert.Equal(RollUp.Of(7, times.Select(Passed)), RollUp.Join(7, [.. times.Select(x => RollUp.Of(0, [Passed(x)]))]));
        }
    }

    [Fact]
    public void Results_in_a_planned_interruption_count_for_nothing_else()
    {
        var rollUp = RollUp.Of(0, [Passed(10), Passed(1000) with { IsPlanned = true }, Passed(1) with { IsPlanned = true, Outcome = CheckOutcome.Error }]);

        Assert.Equal(new RollUp(0, 1, 1, 2, 1, 10, 10, 10, 10, 10), rollUp);
        Assert.Null(RollUp.Of(0, [Passed(1) with { IsPlanned = true }]).UpRatio);
    }

    private static Sample Passed(int response) => new(0, CheckOutcome.Healthy, response, 200, null, false);

    private Sample Any() => new(0, (CheckOutcome)_random.Next(4), _random.Next(5) == 0 ? null : _random.Next(1, 9000), null, null, _random.Next(6) == 0);
}
