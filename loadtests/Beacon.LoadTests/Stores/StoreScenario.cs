using System.Text;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Stores;

/// <summary>What writing through to MongoDB costs beside the embedded store and beside memory, each in turn in every round.</summary>
internal static class StoreScenario
{
    private static readonly StoreKind[] Kinds = [StoreKind.Memory, StoreKind.Sqlite, StoreKind.Mongo];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Until what was renewed last is written.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    public static async Task<int> RunAsync(StoreScenarioOptions options)
    {
        var figures = StoreFigure.All.ToDictionary(x => x, _ => Kinds.ToDictionary(x => x, _ => new Figures()));
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var kind in Kinds)
            {
                Console.Error.WriteLine($"round {round} of {options.Rounds}, {kind}");
                await using var subject = await StoreSubject.StartAsync(kind, options);
                foreach (var (what, value) in await MeasureAsync(subject, kind, options))
                {
                    figures[what][kind].Add(value);
                }
            }
        }

        var table = Table(figures, options);
        Console.WriteLine(table);
        Directory.CreateDirectory(options.Results);
        await File.WriteAllTextAsync(Path.Combine(options.Results, "mongo-cost.md"), table);
        return 0;
    }

    private static async Task<List<(string What, double Value)>> MeasureAsync(StoreSubject subject, StoreKind kind, StoreScenarioOptions options)
    {
        var length = TimeSpan.FromSeconds(options.Seconds);
        using var load = new StoreLoad(subject.Address);
        await load.RegisterAsync(options.Clients, WarmUp);
        var values = new List<(string, double)>();
        var before = await WrittenAsync(load, kind);
        values.Add((StoreFigure.Registrations, await load.RegisterAsync(options.Clients, length)));
        values.Add((StoreFigure.Batch, Mean(before, await WrittenAsync(load, kind))));
        await Task.Delay(Settling);
        var times = await load.TimeAsync(options.PerSecond, length);
        values.Add((StoreFigure.Median, times[times.Length / 2]));
        values.Add((StoreFigure.P99, times[times.Length * 99 / 100]));
        before = await WrittenAsync(load, kind);
        values.Add((StoreFigure.Heartbeats, await load.RenewAsync(options.Clients, length)));
        await Task.Delay(Settling);
        values.Add((StoreFigure.HeartbeatBatch, Mean(before, await WrittenAsync(load, kind))));
        return values;
    }

    private static async Task<(double Batches, double Writes)> WrittenAsync(StoreLoad load, StoreKind kind)
    {
        var part = kind == StoreKind.Mongo ? "replication" : "store";
        return (await load.CounterAsync($"beacon_{part}_batches_total"), await load.CounterAsync($"beacon_{part}_writes_total"));
    }

    private static double Mean((double Batches, double Writes) before, (double Batches, double Writes) after) =>
        (after.Writes - before.Writes) / Math.Max(1, after.Batches - before.Batches);

    private static string Table(Dictionary<string, Dictionary<StoreKind, Figures>> figures, StoreScenarioOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine($"{options.Rounds} rounds of {options.Seconds} s each; {options.Clients} clients in the closed loops, {options.PerSecond} registrations a second at the fixed rate; median (least to most).");
        text.AppendLine();
        text.AppendLine("| what | SQLite in /dev/shm | SQLite on the disk | MongoDB test server and spool | MongoDB to /dev/shm | MongoDB to SQLite |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (what, of) in figures)
        {
            var mongo = of[StoreKind.Mongo].Median;
            text.AppendLine(
                $"| {what} | {string.Join(" | ", Kinds.Select(x => of[x]))} | {Figures.Format(mongo / of[StoreKind.Memory].Median)} × | {Figures.Format(mongo / of[StoreKind.Sqlite].Median)} × |");
        }

        return text.ToString();
    }
}
