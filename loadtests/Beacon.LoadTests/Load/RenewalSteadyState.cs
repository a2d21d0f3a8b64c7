using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Heartbeats, one a request: the most that one core answers, with the store on a disk and in memory, and what an answer takes at 70 % of that.
/// </summary>
internal static class RenewalSteadyState
{
    private const double Share = 0.7;
    private const string Memory = "/dev/shm";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 10_000));
        Cores.KeepOff();
        var (onDisk, inMemory, calm, bareCalm) = (new Figures(), new Figures(), new Calm(), new Calm());
        var bareRate = new Figures();
        for (var round = 1; round <= options.Rounds; round++)
        {
            if (Directory.Exists(Memory))
            {
                await using var bench = await LoadBench.StartAsync(options with { Bare = null }, parent: Memory);
                inMemory.Add(await MostAsync(bench.Beacon.Address, await HeartbeatsAsync(bench, options), options));
            }

            await using (var bench = await LoadBench.StartAsync(options))
            {
                var heartbeats = await HeartbeatsAsync(bench, options);
                onDisk.Add(await MostAsync(bench.Beacon.Address, heartbeats, options));
                await calm.MeasureAsync(bench.Beacon.Address, heartbeats, onDisk.Values[^1] * Share, options);
                if (bench.Bare is not null)
                {
                    bareRate.Add(await MostAsync(bench.Bare.Address, Requests.Bare("PUT"), options));
                    await bareCalm.MeasureAsync(bench.Bare.Address, Requests.Bare("PUT"), bareRate.Values[^1] * Share, options);
                }
            }

            LoadReport.Say($"round {round} of {options.Rounds}: {onDisk.Values[^1]:N0} a second");
        }

        var table = LoadReport.Table();
        table.Add("heartbeats a second at most", onDisk, bareRate, higherIsBetter: true, "0.90 × bare");
        table.Add("heartbeats a second at most, the store in memory", inMemory, null, higherIsBetter: true, "at most 1/0.9 of the above");
        table.Add("at 70 % of that, p50 ms", calm.P50, bareCalm.P50, higherIsBetter: false, "");
        table.Add("at 70 % of that, p99 ms", calm.P99, bareCalm.P99, higherIsBetter: false, "5");
        table.Add("at 70 % of that, p99.9 ms", calm.P999, bareCalm.P999, higherIsBetter: false, "");
        return await LoadReport.WriteAsync(
            options, "renewal-steady-state", $"{options.Clients} connections, {options.Services} services, {options.Seconds} s each, server on one core, asker on another", table);
    }

    private static async Task<Func<ReadOnlyMemory<byte>>> HeartbeatsAsync(LoadBench bench, LoadOptions options) =>
        Requests.Heartbeats(await Requests.RegisterAsync(bench.Beacon.Address, options.Services));

    private static async Task<double> MostAsync(Uri server, Func<ReadOnlyMemory<byte>> requests, LoadOptions options)
    {
        await ClosedLoop.RunAsync(server, options.Clients, TimeSpan.FromSeconds(1), requests);
        return (await ClosedLoop.RunAsync(server, options.Clients, options.Length, requests)).ThrowIfFailed().PerSecond;
    }

    private sealed class Calm
    {
        public Figures P50 { get; } = new();

        public Figures P99 { get; } = new();

        public Figures P999 { get; } = new();

        public async Task MeasureAsync(Uri server, Func<ReadOnlyMemory<byte>> requests, double rate, LoadOptions options)
        {
            var result = (await OpenLoop.RunAsync(server, options.Clients, rate, options.Length, requests)).ThrowIfFailed();
            P50.Add(result.Percentile(50));
            P99.Add(result.Percentile(99));
            P999.Add(result.Percentile(99.9));
        }
    }
}
