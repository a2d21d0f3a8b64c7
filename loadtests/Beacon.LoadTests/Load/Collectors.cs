using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// The same load under each collector that the runtime has: heartbeats a second, times at a rate that all of them can keep, what a collection
/// stops everything for, and memory. Every core may be used: a collector on one core is another one.
/// </summary>
internal static class Collectors
{
    private static readonly (string Name, string[] Environment)[] All =
    [
        ("as it ships", []),
        ("server, fixed heaps", ["DOTNET_gcServer=1", "DOTNET_GCDynamicAdaptationMode=0"]),
        ("server, adapting (DATAS)", ["DOTNET_gcServer=1", "DOTNET_GCDynamicAdaptationMode=1"]),
        ("workstation, concurrent", ["DOTNET_gcServer=0", "DOTNET_gcConcurrent=1"]),
        ("workstation, not concurrent", ["DOTNET_gcServer=0", "DOTNET_gcConcurrent=0"]),
        ("workstation, not concurrent, gen0 of 4 MiB", ["DOTNET_gcServer=0", "DOTNET_gcConcurrent=0", "DOTNET_GCgen0size=0x400000"]),
        ("as it ships, ConserveMemory 5", ["DOTNET_GCConserveMemory=5"]),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 100_000, Rate: 15_000));
        var figures = All.ToDictionary(x => x.Name, _ => new Row());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var (name, environment) in All)
            {
                await using var bench = await LoadBench.StartAsync(options with { Bare = null }, isPinned: false, environment: environment);
                await figures[name].MeasureAsync(bench.Beacon, options);
                LoadReport.Say($"round {round} of {options.Rounds}, {name}: {figures[name].Rate.Values[^1]:N0} a second, {figures[name].Resident.Values[^1]:N0} MiB");
            }
        }

        var table = LoadReport.Table();
        foreach (var (name, _) in All)
        {
            var row = figures[name];
            table.Add($"{name}: heartbeats a second at most", row.Rate, null, higherIsBetter: true, "");
            table.Add($"{name}: {options.Rate} a second, p99.9 ms", row.P999, null, higherIsBetter: false, "");
            table.Add($"{name}: a collection stops everything for, mean ms", row.Pause, null, higherIsBetter: false, "10");
            table.Add($"{name}: memory (RSS) at the end, MiB", row.Resident, null, higherIsBetter: false, "");
        }

        return await LoadReport.WriteAsync(options, "collectors", $"{options.Services} services, {options.Clients} connections, {options.Seconds} s each, all cores, asker included", table);
    }

    private sealed class Row
    {
        public Figures Rate { get; } = new();

        public Figures P999 { get; } = new();

        public Figures Pause { get; } = new();

        public Figures Resident { get; } = new();

        public async Task MeasureAsync(BeaconServer beacon, LoadOptions options)
        {
            var heartbeats = Requests.Heartbeats(await Requests.RegisterAsync(beacon.Address, options.Services));
            using var server = new ServerFigures(beacon.Address);
            Rate.Add((await ClosedLoop.RunAsync(beacon.Address, options.Clients, options.Length, heartbeats)).ThrowIfFailed().PerSecond);
            P999.Add((await OpenLoop.RunAsync(beacon.Address, options.Clients, options.Rate, options.Length, heartbeats)).ThrowIfFailed().Percentile(99.9));

            // From the start on: heartbeats alone make hardly any garbage.
            Pause.Add(await server.CounterAsync("dotnet_gc_pause_time_seconds_total") * 1000 / Math.Max(1, await server.CounterAsync("dotnet_gc_collections_total")));
            Resident.Add(beacon.ResidentBytes() / 1048576.0);
        }
    }
}
