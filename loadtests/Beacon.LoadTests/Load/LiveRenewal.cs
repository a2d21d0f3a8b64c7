using System.Globalization;
using System.Text;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Heartbeats over WebSockets, one a frame: each after the answer to the last, and many under way at once, as a gateway for many devices
/// would send them. Beside the same over HTTP/1.1 with as many connections.
/// </summary>
internal static class LiveRenewal
{
    private const int UnderWay = 32;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions());
        Cores.KeepOff();
        var (single, many, http, bare) = (new Figures(), new Figures(), new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using var bench = await LoadBench.StartAsync(options);
            var ids = await Requests.RegisterAsync(bench.Beacon.Address, options.Services);
            single.Add(await FramesAsync(bench.Beacon.Address, ids, options, 1));
            many.Add(await FramesAsync(bench.Beacon.Address, ids, options, UnderWay));
            http.Add((await ClosedLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Length, Requests.Heartbeats(ids))).ThrowIfFailed().PerSecond);
            if (bench.Bare is not null)
            {
                bare.Add((await ClosedLoop.RunAsync(bench.Bare.Address, options.Clients, options.Length, Requests.Bare("PUT"))).ThrowIfFailed().PerSecond);
            }

            LoadReport.Say($"round {round} of {options.Rounds}: {single.Values[^1]:N0}, {many.Values[^1]:N0}, HTTP {http.Values[^1]:N0} a second");
        }

        var table = LoadReport.Table();
        table.Add("HTTP/1.1 heartbeats a second", http, bare, higherIsBetter: true, "");
        table.Add("WebSocket heartbeats a second, each after the answer to the last", single, bare, higherIsBetter: true, "");
        table.Add($"WebSocket heartbeats a second, {UnderWay} under way on each connection", many, bare, higherIsBetter: true, "2 × HTTP");
        return await LoadReport.WriteAsync(
            options, "live-renewal", $"{options.Clients} connections, {options.Services} services, {options.Seconds} s each, server on one core, asker on another", table);
    }

    private static async Task<double> FramesAsync(Uri server, string[] ids, LoadOptions options, int underWay)
    {
        var frames = ids.Select(id => LiveSocket.Frame($$"""{"type":"heartbeat","service_id":"{{id}}"}""")).Chunk(underWay).Select(some => some.SelectMany(x => x).ToArray()).ToArray();
        var perChunk = ids.Chunk(underWay).Select(x => x.Length).ToArray();
        var (done, next) = (0L, 0);
        var sockets = await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(_ => LiveSocket.ConnectAsync(server)));
        await Task.WhenAll(sockets.Select(SubscribeToNothingAsync));
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(sockets.Select(x => Task.Run(() => BeatAsync(x))));
        var rate = done / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return rate;

        async Task BeatAsync(LiveSocket socket)
        {
            while (TimeProvider.System.GetElapsedTime(begun) < options.Length)
            {
                var at = (int)((uint)Interlocked.Increment(ref next) % (uint)frames.Length);
                await socket.SendAsync(frames[at]);
                for (var left = (long)perChunk[at]; left > 0;)
                {
                    var (acknowledged, others) = (0, "");
                    var read = await socket.ReadAsync(Take, left);
                    if (read == 0 || others.Length > 0)
                    {
                        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"after {done} heartbeats: {others}"));
                    }

                    Interlocked.Add(ref done, acknowledged);
                    left -= acknowledged;

                    void Take(ReadOnlySpan<byte> text)
                    {
                        if (text.StartsWith("{\"type\":\"heartbeat_ack\""u8))
                        {
                            acknowledged++;
                        }
                        else
                        {
                            others = Encoding.UTF8.GetString(text);
                        }
                    }
                }
            }
        }
    }

    /// <summary>A gateway that only sends: what others do is not told to it.</summary>
    private static async Task SubscribeToNothingAsync(LiveSocket socket)
    {
        const int GreetingAndAnswer = 2;
        await socket.SendAsync(LiveSocket.Frame("""{"type":"subscribe","filter":{"type":"nothing-of-this-type"}}"""));
        await socket.ReadAsync(_ => { }, GreetingAndAnswer);
    }
}
