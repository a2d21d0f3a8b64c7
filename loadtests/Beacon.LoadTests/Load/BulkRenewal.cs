using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>Leases renewed a second when one request names ten thousand of them, by how many services there are.</summary>
internal static class BulkRenewal
{
    private const int IdsPerRequest = 10_000;
    private const int Connections = 4;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 100_000));
        Cores.KeepOff();
        var table = LoadReport.Table();
        for (var services = 1000; services <= options.Services; services *= 10)
        {
            var (rate, bareRate) = (new Figures(), new Figures());
            for (var round = 1; round <= options.Rounds; round++)
            {
                await using var bench = await LoadBench.StartAsync(options);
                var ids = await Requests.RegisterAsync(bench.Beacon.Address, services);
                var all = Enumerable.Repeat(ids, Math.Max(1, IdsPerRequest / services)).SelectMany(x => x).ToArray();
                var result = (await ClosedLoop.RunAsync(bench.Beacon.Address, Connections, options.Length, Requests.Bulk(all, IdsPerRequest))).ThrowIfFailed();
                rate.Add(result.PerSecond * IdsPerRequest);
                if (bench.Bare is not null)
                {
                    bareRate.Add((await ClosedLoop.RunAsync(bench.Bare.Address, options.Clients, options.Length, Requests.Bare("PUT"))).ThrowIfFailed().PerSecond);
                }

                LoadReport.Say($"{services:N0} services, round {round} of {options.Rounds}: {rate.Values[^1]:N0} a second");
            }

            table.Add($"leases renewed a second, {services:N0} services (bare: requests)", rate, bareRate, higherIsBetter: true, "3,000,000");
        }

        return await LoadReport.WriteAsync(
            options, "bulk-renewal", $"{IdsPerRequest} ids a request as JSON, {Connections} connections, {options.Seconds} s each, server on one core, asker on another", table);
    }
}
