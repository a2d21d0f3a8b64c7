using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Stores;

/// <summary>
/// What an hour of a quiet household writes to the disk: memory cards die of writes, not of age. Two households side by side, on data
/// directories of their own: in one every service sends heartbeats, in the other every service is checked.
/// </summary>
internal static class WearScenario
{
    private const int Ttl = 300;
    private const int HeartbeatSeconds = Ttl / 3;
    private const int CheckSeconds = 60;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(75);

    public static async Task<int> RunAsync(WearScenarioOptions options)
    {
        var directory = Path.GetFullPath(Path.Combine(options.Results, $"wear-{Environment.ProcessId}"));
        Directory.CreateDirectory(directory);
        try
        {
            using var target = new OpenPort();
            await using var heartbeats = await BeaconServer.StartAsync(options.Beacon, Path.Combine(directory, "heartbeats"));
            await using var checks = await BeaconServer.StartAsync(options.Beacon, Path.Combine(directory, "checks"), "--health-allow", "127.0.0.0/8");
            using var stop = new CancellationTokenSource();
            var ids = await RegisterAsync(heartbeats.Address, options.Services, null);
            var beating = BeatAsync(heartbeats.Address, ids, stop.Token);
            await RegisterAsync(checks.Address, options.Services, target.Number);
            await Task.Delay(Settling, CancellationToken.None);

            BeaconServer[] servers = [heartbeats, checks];
            var (before, clock) = (servers.Select(x => (Bytes: x.WrittenBytes(), Cpu: CpuClock.Nanoseconds(x.Id))).ToArray(), Stopwatch.StartNew());
            for (var minute = 1; minute <= options.Minutes; minute++)
            {
                await Task.Delay(TimeSpan.FromMinutes(minute) - clock.Elapsed, CancellationToken.None);
                Console.Error.WriteLine($"minute {minute} of {options.Minutes}: {string.Join(", ", servers.Select((x, at) => $"{(x.WrittenBytes() - before[at].Bytes) / 1000:N0} kB"))}");
            }

            var hours = clock.Elapsed.TotalHours;
            var table = new StringBuilder();
            table.AppendLine($"{options.Services} services, lease {Ttl} s, {options.Minutes} minutes.");
            table.AppendLine();
            table.AppendLine("| household | written to the disk an hour | processor, of one core |");
            table.AppendLine("| --- | --- | --- |");
            string[] names = [$"a heartbeat every {HeartbeatSeconds} s from each", $"a health check every {CheckSeconds} s of each, which also keeps the lease"];
            for (var at = 0; at < servers.Length; at++)
            {
                var bytes = servers[at].WrittenBytes() - before[at].Bytes;
                var cpu = CpuClock.Nanoseconds(servers[at].Id) - before[at].Cpu;
                table.AppendLine(string.Create(
                    CultureInfo.InvariantCulture, $"| {names[at]} | {bytes / 1e6 / hours:F2} MB | {cpu / clock.Elapsed.TotalNanoseconds * 100:F2} % |"));
            }

            await stop.CancelAsync();
            await beating;
            Console.WriteLine(table);
            await File.WriteAllTextAsync(Path.Combine(options.Results, "wear.md"), table.ToString(), CancellationToken.None);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<List<string>> RegisterAsync(Uri address, int count, int? target)
    {
        using var http = new HttpClient { BaseAddress = address };
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var check = target is null ? "" : $",\"health_check_interval\":{CheckSeconds},\"health_check_url\":\"tcp://127.0.{number / 250}.{1 + (number % 250)}:{target}\"";
            using var body = new StringContent(
                $$"""{"name":"service {{number}}","type":"http","host":"192.0.2.{{1 + (number % 250)}}","port":{{1000 + number}},"ttl":{{Ttl}}{{check}}}""",
                Encoding.UTF8,
                MediaTypeHeaderValue.Parse("application/json"));
            using var answer = await http.PostAsync(new Uri("/api/v1/services/register", UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            ids.Add(json.RootElement.GetProperty("service_id").GetString()!);
        }

        return ids;
    }

    /// <summary>Spread over the interval, as services that were switched on at different times are.</summary>
    private static async Task BeatAsync(Uri address, List<string> ids, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)HeartbeatSeconds / ids.Count));
        try
        {
            for (var at = 0; await timer.WaitForNextTickAsync(stop); at = (at + 1) % ids.Count)
            {
                using var answer = await http.PutAsync(new Uri($"/api/v1/services/{ids[at]}/heartbeat", UriKind.Relative), null, stop);
                answer.EnsureSuccessStatusCode();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}
