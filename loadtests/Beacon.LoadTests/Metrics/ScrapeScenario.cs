using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Metrics;

/// <summary>What a scrape of <c>/metrics</c> costs when many services are checked, by how many of them it shows.</summary>
internal static class ScrapeScenario
{
    private const int Clients = 32;
    private const int WarmUp = 5;
    private static readonly int[] Shown = [0, 1000, 10_000];
    private static readonly TimeSpan CheckLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(ScrapeScenarioOptions options)
    {
        var table = new StringBuilder();
        table.AppendLine($"{options.Services} checked services, {options.Rounds} scrapes each; median (least to most).");
        table.AppendLine();
        table.AppendLine("| services shown | answer | time, ms | processor, ms | memory before and after, MiB |");
        table.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var shown in Shown)
        {
            table.AppendLine(await MeasureAsync(options, shown));
        }

        Console.WriteLine(table);
        Directory.CreateDirectory(options.Results);
        await File.WriteAllTextAsync(Path.Combine(options.Results, "scrape.md"), table.ToString());
        return 0;
    }

    private static async Task<string> MeasureAsync(ScrapeScenarioOptions options, int shown)
    {
        Console.Error.WriteLine($"{shown} services shown");
        var directory = Directory.CreateTempSubdirectory("beacon-scrape-").FullName;
        try
        {
            using var target = new OpenPort();
            await using var beacon = await BeaconServer.StartAsync(
                options.Beacon, directory, "--health-allow", "127.0.0.0/8", "--health-concurrency", "512", "--metrics-services", $"{shown}");
            using var http = new HttpClient { BaseAddress = beacon.Address };
            await RegisterAsync(http, options.Services, target.Number);
            await AllCheckedAsync(http, options.Services);
            var before = beacon.ResidentBytes();
            var (time, processor, size) = (new Figures(), new Figures(), 0);
            for (var round = -WarmUp; round < options.Rounds; round++)
            {
                var used = CpuClock.Nanoseconds(beacon.Id);
                var watch = Stopwatch.StartNew();
                size = (await http.GetByteArrayAsync("/metrics")).Length;
                if (round >= 0)
                {
                    time.Add(watch.Elapsed.TotalMilliseconds);
                    processor.Add((CpuClock.Nanoseconds(beacon.Id) - used) / 1e6);
                }
            }

            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {shown} | {size / 1000.0:N0} kB | {time} | {processor} | {before / 1048576.0:F0}, {beacon.ResidentBytes() / 1048576.0:F0} |");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Hosts of their own, so that the four checks at once that a host gets hold up nobody.</summary>
    private static Task RegisterAsync(HttpClient http, int count, int port) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (number, token) =>
        {
            using var body = new StringContent(
                $$"""
                {"name":"service number {{number}}","type":"http","host":"host-{{number}}.lan","port":8080,"ttl":86400,"health_check_interval":3600,
                "health_check_url":"tcp://127.0.{{number / 250}}.{{1 + (number % 250)}}:{{port}}"}
                """,
                Encoding.UTF8,
                MediaTypeHeaderValue.Parse("application/json"));
            using var answer = await http.PostAsync(new Uri("/api/v1/services/register", UriKind.Relative), body, token);
            answer.EnsureSuccessStatusCode();
        });

    private static async Task AllCheckedAsync(HttpClient http, int count)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < CheckLimit; await Task.Delay(Look))
        {
            var text = await http.GetStringAsync("/metrics");
            var done = text.Split('\n').Where(line => line.StartsWith("beacon_health_checks_total{", StringComparison.Ordinal))
                .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
            if (done >= count)
            {
                return;
            }
        }

        throw new InvalidOperationException($"not all services were checked within {CheckLimit.TotalSeconds} s");
    }
}
