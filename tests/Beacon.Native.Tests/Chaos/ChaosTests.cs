using Beacon.Native.Tests.Support;
using Beacon.Testing;
using Beacon.Testing.Chaos;

namespace Beacon.Native.Tests.Chaos;

/// <summary>
/// The published binary with a database that fails and under <c>kill -9</c>, shortly; <c>./build.sh bench mongo-chaos</c> does it for half
/// an hour. BEACON_TEST_SEED repeats a run.
/// </summary>
public class ChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_whatever_the_database_does_and_whenever_Beacon_dies()
    {
        var seed = Seeds.Next(output.WriteLine);
        for (var run = 0; run < 2; run++)
        {
            var result = await RunAsync(seed + run, ChaosPlants.None);
            Assert.Empty(result.Verdict.Findings);
            Assert.InRange(result.History.Kills.Count, 1, int.MaxValue);
            Assert.InRange(result.Verdict.Acknowledged, 1000, int.MaxValue);
            Assert.InRange(result.Verdict.Deleted, 10, int.MaxValue);
        }
    }

    [Fact]
    public async Task Mistakes_made_on_purpose_are_found()
    {
        var result = await RunAsync(Seeds.Next(output.WriteLine), ChaosPlants.All);
        Assert.Equal(1, result.Verdict.Count(ChaosFindingKind.Lost));
        Assert.Equal(1, result.Verdict.Count(ChaosFindingKind.Resurrected));
        Assert.InRange(result.Verdict.Count(ChaosFindingKind.EndedEarly), 1, 2);
        Assert.InRange(result.Verdict.Count(ChaosFindingKind.Unequal), 1, int.MaxValue);
    }

    private async Task<ChaosResult> RunAsync(int seed, ChaosPlants plants)
    {
        using var directory = new TemporaryDirectory();
        var result = await ChaosRun.RunAsync(new ChaosOptions
        {
            Seed = seed,
            Binary = NativeBinary.Path,
            Directory = directory.Path,
            Length = Short,
            Plants = plants,
        });
        foreach (var fault in result.Plan)
        {
            output.WriteLine($"{fault}");
        }

        output.WriteLine($"{result.History.Records.Count} requests, {result.Verdict.Acknowledged} acknowledged, {result.History.Kills.Count} kills, level after {result.LevelAfter.TotalSeconds:0.0} s");
        foreach (var finding in result.Verdict.Findings)
        {
            output.WriteLine($"{finding}");
        }

        return result;
    }
}
