using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Events to many live clients at once: how long each message is under way, from when its change was to be sent to when a client has it, and
/// whether any client had to be told to read afresh. Then what ten thousand clients that only listen take of memory.
/// </summary>
internal static class LiveFanOut
{
    private const int IdleClients = 9000;
    private const int Senders = 16;
    private const string Sent = "\"sent\":\"";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 1000, Clients: 1000, Rate: 1000));
        var figures = new FanOut();
        var idle = new Figures();
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using (var bench = await LoadBench.StartAsync(options with { Bare = null }, isPinned: false))
            {
                await figures.MeasureAsync(bench.Beacon, options);
            }

            await using (var bench = await LoadBench.StartAsync(options with { Bare = null }, isPinned: false))
            {
                idle.Add(await IdleAsync(bench.Beacon));
            }

            LoadReport.Say($"round {round} of {options.Rounds}: p99 {figures.P99.Values[^1]:N1} ms, {figures.Resyncs.Values[^1]:N0} resyncs");
        }

        var table = LoadReport.Table();
        table.Add("messages delivered a second", figures.Delivered, null, higherIsBetter: true, $"{options.Clients * options.Rate:N0}");
        table.Add("a message under way, p50 ms", figures.P50, null, higherIsBetter: false, "");
        table.Add("a message under way, p99 ms", figures.P99, null, higherIsBetter: false, "50");
        table.Add("messages not delivered, %", figures.Missing, null, higherIsBetter: false, "0");
        table.Add("clients told to read afresh", figures.Resyncs, null, higherIsBetter: false, "0");
        table.Add("processor, cores", figures.Cores, null, higherIsBetter: false, "");
        table.Add("memory (RSS) at the end, MiB", figures.Resident, null, higherIsBetter: false, "");
        table.Add($"memory of one of {IdleClients:N0} idle clients, KiB", idle, null, higherIsBetter: false, "8");
        return await LoadReport.WriteAsync(
            options, "live-fan-out", $"{options.Clients} clients, {options.Rate} changes a second for {options.Seconds} s, all cores, asker included", table);
    }

    private static async Task<double> IdleAsync(BeaconServer beacon)
    {
        var sockets = new List<LiveSocket>();
        try
        {
            // Those that come first pay for what all share.
            await ConnectAsync(sockets, beacon.Address, IdleClients / 10);
            await Task.Delay(TimeSpan.FromSeconds(2));
            var (before, already) = (beacon.ResidentBytes(), sockets.Count);
            await ConnectAsync(sockets, beacon.Address, IdleClients - already);
            await Task.Delay(TimeSpan.FromSeconds(10));
            return (beacon.ResidentBytes() - before) / 1024.0 / (sockets.Count - already);
        }
        finally
        {
            sockets.ForEach(x => x.Dispose());
        }
    }

    private static async Task ConnectAsync(List<LiveSocket> sockets, Uri server, int count)
    {
        for (var made = 0; made < count; made++)
        {
            var socket = await LiveSocket.ConnectAsync(server);
            sockets.Add(socket);
            _ = socket.ReadAsync(_ => { });
        }
    }

    private sealed class FanOut
    {
        public Figures Delivered { get; } = new();

        public Figures P50 { get; } = new();

        public Figures P99 { get; } = new();

        public Figures Missing { get; } = new();

        public Figures Resyncs { get; } = new();

        public Figures Cores { get; } = new();

        public Figures Resident { get; } = new();

        public async Task MeasureAsync(BeaconServer beacon, LoadOptions options)
        {
            var ids = await Requests.RegisterAsync(beacon.Address, options.Services);
            var begun = Stopwatch.GetTimestamp();
            var (delivered, resyncs) = (new LoadResult(), 0L);
            var sockets = await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(_ => LiveSocket.ConnectAsync(beacon.Address)));
            var reading = sockets.Select(x => Task.Run(() => x.ReadAsync(Take))).ToArray();
            var number = 0L;
            var used = CpuClock.Nanoseconds(beacon.Id);
            var start = Stopwatch.GetTimestamp();
            var changes = await OpenLoop.RunAsync(beacon.Address, Senders, options.Rate, options.Length, Change);
            changes.ThrowIfFailed();
            await Task.Delay(TimeSpan.FromSeconds(1));
            Cores.Add((CpuClock.Nanoseconds(beacon.Id) - used) / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            Resident.Add(beacon.ResidentBytes() / 1048576.0);
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }

            await Task.WhenAll(reading);
            var meant = changes.Answers * (double)options.Clients;
            Delivered.Add(delivered.Answers / changes.Elapsed.TotalSeconds);
            P50.Add(delivered.Percentile(50));
            P99.Add(delivered.Percentile(99));
            Missing.Add(100 * (1 - (delivered.Answers / meant)));
            Resyncs.Add(resyncs);

            ReadOnlyMemory<byte> Change()
            {
                var id = ids[Interlocked.Increment(ref number) % ids.Length];
                var now = (long)Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
                return HttpConnection.Request("PUT", $"/api/v1/services/{id}", string.Create(CultureInfo.InvariantCulture, $$$"""{"metadata":{{{{Sent}}}{{{now}}}"}}"""));
            }

            void Take(ReadOnlySpan<byte> text)
            {
                var at = text.IndexOf("\"sent\":\""u8);
                if (at >= 0 && Utf8Parser.TryParse(text[(at + Sent.Length)..], out long sent, out _))
                {
                    delivered.Add(new HttpReply(200, default), Stopwatch.GetElapsedTime(begun) - TimeSpan.FromMicroseconds(sent));
                }
                else if (text.StartsWith("{\"type\":\"resync\""u8))
                {
                    Interlocked.Increment(ref resyncs);
                }
            }
        }
    }
}
