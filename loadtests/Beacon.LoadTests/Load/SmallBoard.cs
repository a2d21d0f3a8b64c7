using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>Very many services on a machine with 256 MiB and half a core: nothing may run out of memory, and no lease may end that was renewed.</summary>
internal static class SmallBoard
{
    private const long Bytes = 256L * 1024 * 1024;
    private const double Processor = 0.5;
    private const int Ttl = 60;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Rounds: 1, Seconds: 600, Services: 50_000, Rate: 5000));
        var (p50, p99, longest, resident, peak, ended) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            using var group = new ControlGroup(Bytes, Processor);
            var directory = Path.Combine(Path.GetFullPath(options.Results), $"load-{Guid.NewGuid():N}");
            try
            {
                await using var beacon = await BeaconServer.StartAsync([.. group.Enter, options.Beacon], directory, "--log-level", "warning");
                var ids = await Requests.RegisterAsync(beacon.Address, options.Services, ttl: 3600);
                using var figures = new ServerFigures(beacon.Address);
                LoadReport.Say($"{options.Services:N0} services registered");

                // From the first heartbeat on each has a lease that is renewed some six times before it would end.
                var requests = Requests.InTurn([.. ids.Select(id => HttpConnection.Request("PUT", $"/api/v1/services/{id}/heartbeat?ttl={Ttl}"))]);
                var renewing = OpenLoop.RunAsync(beacon.Address, options.Clients, options.Rate, options.Length, requests);
                while (await Task.WhenAny(renewing, Task.Delay(TimeSpan.FromMinutes(1))) != renewing)
                {
                    LoadReport.Say($"{beacon.ResidentBytes() / 1048576.0:F0} MiB");
                }

                var result = (await renewing).ThrowIfFailed();
                p50.Add(result.Percentile(50));
                p99.Add(result.Percentile(99));
                longest.Add(result.MaxMilliseconds);
                resident.Add(beacon.ResidentBytes() / 1048576.0);
                ended.Add(await figures.ServicesAsync("expired") + options.Services - await figures.CounterAsync("beacon_services"));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }

            peak.Add(group.Peak / 1048576.0);
        }

        var table = LoadReport.Table();
        table.Add($"{options.Rate} heartbeats a second, p50 ms", p50, null, higherIsBetter: false, "");
        table.Add($"{options.Rate} heartbeats a second, p99 ms", p99, null, higherIsBetter: false, "");
        table.Add("the longest, ms", longest, null, higherIsBetter: false, "");
        table.Add("leases that ended although they were renewed", ended, null, higherIsBetter: false, "0");
        table.Add("memory (RSS) at the end, MiB", resident, null, higherIsBetter: false, "");
        table.Add("memory of the group, cache of files included, highest MiB", peak, null, higherIsBetter: false, "256");
        return await LoadReport.WriteAsync(options, "small-board", $"{Bytes / 1048576} MiB and {Processor} cores, {options.Services} services, {options.Seconds} s", table);
    }
}
