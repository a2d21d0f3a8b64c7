using System.Text;
using Beacon.Testing.Chaos;

namespace Beacon.LoadTests.Chaos;

/// <summary>Run after run with MongoDB disturbed and Beacon killed, each from its seed; ends with 1 when a promise was broken.</summary>
internal static class ChaosScenario
{
    private const int MostFindingsShown = 20;

    public static async Task<int> RunAsync(ChaosScenarioOptions options)
    {
        var table = new StringBuilder();
        Write(table, "| seed | requests | acknowledged | nobody there | 503 | no answer | removed | leases ended | kill -9 | services | level after | lost | resurrected | ended early | other |");
        Write(table, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var broken = 0;
        for (var seed = options.First; seed < options.First + options.Seeds; seed++)
        {
            var directory = Path.Combine(Path.GetFullPath(options.Results), $"seed-{seed}");
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            broken += await RunAsync(options, seed, directory, table) ? 0 : 1;
        }

        await File.WriteAllTextAsync(Path.Combine(options.Results, "mongo-chaos.md"), table.ToString());
        Console.WriteLine(broken == 0 ? $"{options.Seeds} runs, every promise was kept" : $"{broken} of {options.Seeds} runs broke a promise");
        return broken == 0 ? 0 : 1;
    }

    private static async Task<bool> RunAsync(ChaosScenarioOptions options, int seed, string directory, StringBuilder table)
    {
        ChaosResult result;
        try
        {
            result = await ChaosRun.RunAsync(new ChaosOptions
            {
                Seed = seed,
                Binary = options.Beacon,
                Directory = directory,
                Length = TimeSpan.FromSeconds(options.Seconds),
                PerSecond = options.PerSecond,
                Plants = options.Plants,
            });
        }
        catch (Exception error) when (error is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            Write(table, $"| {seed} | {error.Message} |");
            return false;
        }

        var verdict = result.Verdict;
        var counted = new[] { ChaosFindingKind.Lost, ChaosFindingKind.Resurrected, ChaosFindingKind.EndedEarly };
        Write(
            table,
            $"| {seed} | {result.History.Records.Count} | {verdict.Acknowledged} | {verdict.Count(ChaosOutcome.Refused)} | {verdict.Count(ChaosOutcome.Unavailable)} | {verdict.Count(ChaosOutcome.Unknown) + verdict.Count(ChaosOutcome.Pending)} | {verdict.Deleted} | {verdict.LeasesEnded} | {result.History.Kills.Count} | {result.Services} "
            + $"| {result.LevelAfter.TotalSeconds:0.0} s | {string.Join(" | ", counted.Select(verdict.Count))} | {verdict.Findings.Count(x => !counted.Contains(x.Kind))} |");
        if (verdict.Findings.Count == 0)
        {
            // Kept only for who has to find out what went wrong.
            Directory.Delete(directory, recursive: true);
            return true;
        }

        foreach (var fault in result.Plan)
        {
            Console.WriteLine($"    {fault}");
        }

        foreach (var finding in verdict.Findings.Take(MostFindingsShown))
        {
            Console.WriteLine($"    {finding}");
        }

        await File.WriteAllLinesAsync(
            Path.Combine(directory, "history.txt"),
            [.. result.History.Records.Select(x => $"{x}"), .. result.History.Kills.Select(x => $"{x}"), .. result.History.LeaseEnds.Select(x => $"{x}")]);
        return false;
    }

    private static void Write(StringBuilder table, string line)
    {
        table.AppendLine(line);
        Console.WriteLine(line);
    }
}
