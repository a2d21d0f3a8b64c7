using System.Diagnostics;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>A start with very many services in SQLite: until it is ready, until it takes a heartbeat, and what they take of memory.</summary>
internal static class ColdStart
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 100_000, Rounds: 5));
        var directory = Path.Combine(Path.GetFullPath(options.Results), $"load-{Guid.NewGuid():N}");
        var (ready, heartbeat, resident) = (new Figures(), new Figures(), new Figures());
        try
        {
            string id;
            await using (var beacon = await BeaconServer.StartAsync(options.Beacon, directory, "--log-level", "warning"))
            {
                id = (await Requests.RegisterAsync(beacon.Address, options.Services, ttl: 86_400))[^1];
            }

            for (var round = 1; round <= options.Rounds; round++)
            {
                await StartAsync();
                LoadReport.Say($"round {round} of {options.Rounds}: ready after {ready.Values[^1]:N2} s");
            }

            async Task StartAsync()
            {
                var port = BeaconServer.FreePort();
                var begun = Stopwatch.GetTimestamp();
                await using var process = Running.Start(
                    [options.Beacon, "serve", "--host", "127.0.0.1", "--port", $"{port}", "--data-dir", Path.Combine(directory, "data"), "--mdns", "off", "--log-level", "warning"],
                    Path.Combine(directory, "beacon.log"));
                var address = new Uri($"http://127.0.0.1:{port}");
                var beating = UntilAsync(address, HttpConnection.Request("PUT", $"/api/v1/services/{id}/heartbeat"), begun);
                ready.Add(await UntilAsync(address, HttpConnection.Request("GET", "/api/v1/ready"), begun));
                heartbeat.Add(await beating);
                await Task.Delay(TimeSpan.FromSeconds(10));
                resident.Add(BeaconServer.ResidentBytes(process.Id) / 1048576.0);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        var table = LoadReport.Table();
        table.Add($"ready with {options.Services:N0} services, s", ready, null, higherIsBetter: false, "1");
        table.Add("a heartbeat is confirmed after, s", heartbeat, null, higherIsBetter: false, "");
        table.Add("memory (RSS) 10 s later, MiB", resident, null, higherIsBetter: false, "");
        return await LoadReport.WriteAsync(options, "cold-start", "all cores, mDNS off", table);
    }

    private static async Task<double> UntilAsync(Uri address, ReadOnlyMemory<byte> request, long begun)
    {
        using var connection = new HttpConnection(System.Net.IPEndPoint.Parse(address.Authority));
        while (!(await connection.AskAsync(request)).IsSuccess)
        {
            await Task.Delay(1);
        }

        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
