using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// New services as fast as they are confirmed, each only after it is on the disk: how many, how long each takes, and how many share one
/// transaction and so one fsync. The servers use every core: the store has a thread of its own.
/// </summary>
internal static class RegisterStorm
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Clients: 256));
        var (rate, bareRate, p50, p99, bareP99, shared) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using var bench = await LoadBench.StartAsync(options, isPinned: false);
            var requests = Requests.Registrations();
            (await ClosedLoop.RunAsync(bench.Beacon.Address, options.Clients, TimeSpan.FromSeconds(1), requests)).ThrowIfFailed();
            using var figures = new ServerFigures(bench.Beacon.Address);
            var (batches, writes) = (await figures.CounterAsync("beacon_store_batches_total"), await figures.CounterAsync("beacon_store_writes_total"));
            var result = (await ClosedLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Length, requests)).ThrowIfFailed();
            rate.Add(result.PerSecond);
            p50.Add(result.Percentile(50));
            p99.Add(result.Percentile(99));
            shared.Add((await figures.CounterAsync("beacon_store_writes_total") - writes) / (await figures.CounterAsync("beacon_store_batches_total") - batches));
            if (bench.Bare is not null)
            {
                var bare = (await ClosedLoop.RunAsync(bench.Bare.Address, options.Clients, options.Length, Requests.Bare("PUT"))).ThrowIfFailed();
                bareRate.Add(bare.PerSecond);
                bareP99.Add(bare.Percentile(99));
            }

            LoadReport.Say($"round {round} of {options.Rounds}: {result.PerSecond:N0} a second");
        }

        var table = LoadReport.Table();
        table.Add("registrations a second, each on the disk before it is confirmed", rate, bareRate, higherIsBetter: true, "15,000");
        table.Add("one registration, p50 ms", p50, null, higherIsBetter: false, "");
        table.Add("one registration, p99 ms", p99, bareP99, higherIsBetter: false, "");
        table.Add("registrations that share an fsync", shared, null, higherIsBetter: true, "");
        return await LoadReport.WriteAsync(options, "register-storm", $"{options.Clients} clients for {options.Seconds} s, all cores, asker included", table);
    }
}
