using System.Diagnostics;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>Everything a household does, and one request in a hundred that is wrong, for hours: memory and handles must stay where they are.</summary>
internal static class Soak
{
    private const int Watchers = 20;
    private const int HandleSlack = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Rounds: 1, Seconds: 7200, Services: 5000, Clients: 32, Rate: 500));
        await using var bench = await LoadBench.StartAsync(options with { Bare = null }, isPinned: false, arguments: ["--expired-retention", "60"]);
        var ids = await Requests.RegisterAsync(bench.Beacon.Address, options.Services);
        var traffic = new SoakTraffic(bench.Beacon.Address, ids);
        using var stop = new CancellationTokenSource();
        var watching = Enumerable.Range(0, Watchers).Select(x => WatchAsync(bench.Beacon.Address, x, stop.Token)).ToArray();
        var running = traffic.RunAsync(options.Clients, options.Rate, options.Length);
        var samples = new List<SoakSample>();
        var begun = Stopwatch.GetTimestamp();
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Pace));
            samples.Add(SoakSample.Take(bench.Beacon.Id, Stopwatch.GetElapsedTime(begun)));
            if (samples.Count % 6 == 0)
            {
                LoadReport.Say($"{samples[^1]}; {traffic.Answers:N0} answers, {traffic.Unexpected} unexpected");
            }
        }

        await running;
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        var late = samples.Where(x => x.At > options.Length / 2).ToList();
        var table = LoadReport.Table();
        table.Add("requests answered", One(traffic.Answers), null, higherIsBetter: true, "");
        table.Add("wrong on purpose among them", One(traffic.Wrong), null, higherIsBetter: true, "1 %");
        table.Add($"answers that were not the intended ones {traffic.FirstUnexpected}", One(traffic.Unexpected), null, higherIsBetter: false, "0");
        table.Add("memory (RSS) at half time, MiB", One(late[0].ResidentMiB), null, higherIsBetter: false, "");
        table.Add("memory (RSS) at the end, MiB", One(late[^1].ResidentMiB), null, higherIsBetter: false, "");
        table.Add("slope of memory over the second half, % of its mean", One(SoakSample.SlopePercent(late)), null, higherIsBetter: false, "1");
        table.Add("handles at half time", One(late[0].Handles), null, higherIsBetter: false, "");
        table.Add("handles at the end", One(late[^1].Handles), null, higherIsBetter: false, "the same");
        table.Add("threads, most", One(samples.Max(x => x.Threads)), null, higherIsBetter: false, "");
        await LoadReport.WriteAsync(options, "soak", $"{options.Rate} requests a second for {options.Seconds} s, {options.Services} services, {Watchers} live clients that come and go", table);
        return traffic.Unexpected == 0 && late[^1].Handles <= late[0].Handles + HandleSlack ? 0 : 1;
    }

    private static Figures One(double value)
    {
        var figures = new Figures();
        figures.Add(value);
        return figures;
    }

    /// <summary>Comes, listens for a while, goes without a word, comes back.</summary>
    private static async Task WatchAsync(Uri beacon, int number, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var socket = await LiveSocket.ConnectAsync(beacon);
            await Task.WhenAny(socket.ReadAsync(_ => { }), Task.Delay(TimeSpan.FromSeconds(5 + number), stop));
        }
    }
}
