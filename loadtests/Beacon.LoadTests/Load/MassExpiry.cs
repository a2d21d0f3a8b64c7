using System.Diagnostics;
using System.Text.Json;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Very many leases that end in the same second, while others go on being renewed: how long until all are gone, what heartbeats take
/// meanwhile, and that somebody who watches is told of all or told to read afresh.
/// </summary>
internal static class MassExpiry
{
    private const int Staying = 1000;
    private const int Ttl = 30;
    private const int Others = 1_000_000;
    private const int IdsPerRequest = 10_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 100_000, Rate: 2000));
        var (gone, p99, longest, calmP99, bareP99, told) = (new Figures(), new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using var bench = await LoadBench.StartAsync(options, isPinned: false);
            var staying = Requests.Heartbeats(await Requests.RegisterAsync(bench.Beacon.Address, Staying));
            calmP99.Add((await OpenLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Rate, options.Length, staying)).ThrowIfFailed().Percentile(99));
            if (bench.Bare is not null)
            {
                bareP99.Add((await OpenLoop.RunAsync(bench.Bare.Address, options.Clients, options.Rate, options.Length, Requests.Bare("PUT"))).ThrowIfFailed().Percentile(99));
            }

            var ids = await Requests.RegisterAsync(bench.Beacon.Address, options.Services, first: Others);
            using var watcher = await LiveSocket.ConnectAsync(bench.Beacon.Address);
            var (expired, resyncs) = (0L, 0L);
            var watching = watcher.ReadAsync(text =>
            {
                expired += text.StartsWith("{\"type\":\"service_expired\""u8) ? 1 : 0;
                resyncs += text.StartsWith("{\"type\":\"resync\""u8) ? 1 : 0;
            });

            // All ends within the time these take: from now on nobody renews.
            await RenewAsync(bench.Beacon.Address, ids);
            using var stop = new CancellationTokenSource();
            var beating = Task.Run(() => OpenLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Rate, TimeSpan.FromMinutes(2), staying, stop.Token));
            gone.Add(await UntilGoneAsync(bench.Beacon.Address, options.Services));
            await Task.Delay(Around);
            await stop.CancelAsync();
            var heartbeats = (await beating).ThrowIfFailed();
            p99.Add(heartbeats.Percentile(99));
            longest.Add(heartbeats.MaxMilliseconds);
            watcher.Dispose();
            await watching;
            told.Add(resyncs > 0 ? 100 : 100.0 * expired / options.Services);
            LoadReport.Say($"round {round} of {options.Rounds}: gone in {gone.Values[^1]:N2} s, heartbeats p99 {p99.Values[^1]:N1} ms; {expired} told, {resyncs} resyncs");
        }

        var table = LoadReport.Table();
        table.Add($"{options.Services:N0} leases gone, from the first to the last, s", gone, null, higherIsBetter: false, "1");
        table.Add($"{options.Rate} heartbeats a second meanwhile, p99 ms (of {Ttl} s and more around it)", p99, bareP99, higherIsBetter: false, "20");
        table.Add("the longest of them, ms", longest, null, higherIsBetter: false, "");
        table.Add("the same with nothing expiring, p99 ms", calmP99, bareP99, higherIsBetter: false, "");
        table.Add("told of to a client that watches, or told to read afresh, %", told, null, higherIsBetter: true, "100");
        return await LoadReport.WriteAsync(options, "mass-expiry", $"{options.Services} leases of {Ttl} s, all cores, asker included, mDNS off", table);
    }

    /// <summary>One renewal each, for <see cref="Ttl"/> seconds from now.</summary>
    private static async Task RenewAsync(Uri beacon, string[] ids)
    {
        var requests = Requests.InTurn([.. ids.Chunk(IdsPerRequest).Select(some => HttpConnection.Request(
            "POST", "/api/v1/heartbeats", JsonSerializer.Serialize(new { ids = some, ttl = Ttl })))]);
        (await ClosedLoop.RunAsync(beacon, 1, TimeSpan.FromMinutes(1), requests, atMost: (ids.Length + IdsPerRequest - 1) / IdsPerRequest)).ThrowIfFailed();
    }

    /// <returns>Seconds from when the first was seen to be gone to when all were.</returns>
    private static async Task<double> UntilGoneAsync(Uri beacon, int count)
    {
        using var figures = new ServerFigures(beacon);
        var first = 0L;
        for (var limit = Stopwatch.StartNew(); limit.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(Look))
        {
            var expired = await figures.ServicesAsync("expired");
            if (expired > 0 && first == 0)
            {
                first = Stopwatch.GetTimestamp();
            }

            if (expired >= count)
            {
                return Stopwatch.GetElapsedTime(first).TotalSeconds;
            }
        }

        throw new InvalidOperationException("not all leases ended");
    }
}
