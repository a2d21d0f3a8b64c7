using System.Globalization;
using System.Text.Json.Nodes;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Mdns;

/// <summary>
/// What a packet costs Beacon and what it costs avahi, in turn, on the same machine in the same minutes, both pinned to one core and asked
/// from the other. Bounded: a few minutes, at most 10,000 packets a second, nothing outside two namespaces.
/// </summary>
internal static class MdnsScenario
{
    private const int Services = 200;
    private const int IrrelevantPerSecond = 10_000;
    private const int NewAnswersPerSecond = 2_000;
    private const int Window = 50;
    private const int WideWindow = 900;
    private const int LatencyIntervalMilliseconds = 4;
    private const int ManyServices = 10_000;
    private const int AnnounceSeconds = 75;
    private const int WaitSeconds = 120;

    /// <summary>Names are asked for and announced at a pace that leaves the link free (at most 5 % of 100 Mbit/s).</summary>
    private const int AnnouncedPerSecond = 80;

    /// <summary>Repeated for a few seconds by both; what they cost is not what is measured.</summary>
    private static readonly TimeSpan Announcements = TimeSpan.FromSeconds(6);

    public static async Task<int> RunAsync(MdnsScenarioOptions options)
    {
        Dictionary<string, (Figures Beacon, Figures Avahi)> compared = [];
        for (var round = 1; round <= options.Rounds; round++)
        {
            Say($"round {round} of {options.Rounds}");
            foreach (var isBeacon in new[] { true, false })
            {
                await using var hosts = new TwoHosts();
                await hosts.MakeAsync();
                var data = Path.Combine(hosts.Directory, "data");
                await using IResponder responder = isBeacon
                    ? await BeaconResponder.StartAsync(hosts, options.Beacon, data)
                    : await AvahiResponder.StartAsync(hosts, Services);
                if (isBeacon)
                {
                    await MdnsDriver.RunOnAskerAsync(hosts, "register", "0", Text(Services));
                }

                await WaitForLastAsync(hosts, Services);
                await Task.Delay(Announcements);
                foreach (var (what, value) in await MeasureAsync(hosts, responder, options.Seconds))
                {
                    var figures = compared.TryGetValue(what, out var known) ? known : compared[what] = (new Figures(), new Figures());
                    (isBeacon ? figures.Beacon : figures.Avahi).Add(value);
                    Say($"  {responder.Name,-7} {what}: {Figures.Format(value)}");
                }
            }
        }

        var table = new ResultTable("Beacon", "avahi");
        foreach (var row in MdnsFigure.All.Where(row => compared.ContainsKey(row.What)))
        {
            table.Add(row.What, compared[row.What].Beacon, compared[row.What].Avahi, row.HigherIsBetter, row.Target);
        }

        foreach (var services in options.Scale)
        {
            await AddScaleAsync(table, options, services);
        }

        await AddAnnouncingAsync(table, options);
        Console.WriteLine(table.ToMarkdown());
        if (options.Results is { } directory)
        {
            Directory.CreateDirectory(directory);
            await File.WriteAllTextAsync(Path.Combine(directory, "mdns.md"), table.ToMarkdown());
            await File.WriteAllTextAsync(Path.Combine(directory, "mdns.json"), table.ToJson().ToJsonString());
        }

        return 0;
    }

    private static async Task<List<(string What, double Value)>> MeasureAsync(TwoHosts hosts, IResponder responder, int seconds)
    {
        var values = new List<(string, double)>();
        foreach (var (kind, figure, rate) in new[]
        {
            (FloodKind.SameQuestion, MdnsFigure.SameQuestion, IrrelevantPerSecond),
            (FloodKind.NewQuestion, MdnsFigure.NewQuestion, IrrelevantPerSecond),
            (FloodKind.SameAnswer, MdnsFigure.SameAnswer, IrrelevantPerSecond),
            (FloodKind.NewAnswer, MdnsFigure.NewAnswer, NewAnswersPerSecond),
        })
        {
            var before = CpuClock.Nanoseconds(responder.ProcessId);
            var sent = await MdnsDriver.RunOnAskerAsync(hosts, "flood", kind.ToString(), Text(rate), Text(seconds));
            values.Add((figure.What, Microseconds(before, responder) / Value(sent, "sent")));
        }

        foreach (var (name, type, window, perSecond, cost) in new[]
        {
            (responder.HostName, Questions.A, Window, MdnsFigure.AddressQueries, MdnsFigure.AddressCost),
            ($"{Questions.Type}.local", Questions.Ptr, WideWindow, MdnsFigure.PointerQueries, MdnsFigure.PointerCost),
        })
        {
            var before = CpuClock.Nanoseconds(responder.ProcessId);
            var asked = await MdnsDriver.RunOnAskerAsync(hosts, "ask", name, Text(type), "1", Text(window), Text(seconds));
            values.Add((perSecond.What, Value(asked, "answers_per_second")));
            values.Add((cost.What, Microseconds(before, responder) / Value(asked, "asked")));
            if (type == Questions.Ptr)
            {
                values.Add((MdnsFigure.PointerRecords.What, Value(asked, "records_per_answer")));
                values.Add((MdnsFigure.PointerTruncated.What, 100 * Value(asked, "truncated") / Math.Max(1, Value(asked, "answers"))));
            }
        }

        await AddLatencyAsync(values, MdnsFigure.LatencyIdle, hosts, responder, seconds);
        var flood = MdnsDriver.RunOnAskerAsync(hosts, "flood", nameof(FloodKind.NewQuestion), Text(IrrelevantPerSecond), Text(seconds + 2));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await AddLatencyAsync(values, MdnsFigure.LatencyFlooded, hosts, responder, seconds);
        await flood;
        return values;
    }

    private static async Task AddLatencyAsync(
        List<(string, double)> values, IReadOnlyList<MdnsFigure> rows, TwoHosts hosts, IResponder responder, int seconds)
    {
        var waits = await MdnsDriver.RunOnAskerAsync(
            hosts, "latency", responder.HostName, Text(Questions.A), Text(LatencyIntervalMilliseconds), Text(seconds));
        foreach (var (row, percentile) in rows.Zip(["p50_us", "p99_us", "p999_us"]))
        {
            values.Add((row.What, Value(waits, percentile)));
        }
    }

    /// <summary>What one service's SRV costs with more and more of them: flat, if names are found and not looked for.</summary>
    private static async Task AddScaleAsync(ResultTable table, MdnsScenarioOptions options, int services)
    {
        Say($"{services} services");
        await using var hosts = new TwoHosts();
        await hosts.MakeAsync();
        await using var beacon = await BeaconResponder.StartAsync(hosts, options.Beacon, Path.Combine(hosts.Directory, "data"));
        await MdnsDriver.RunOnAskerAsync(hosts, "register", "0", Text(services));
        await WaitForLastAsync(hosts, services);
        var costs = new Figures();
        for (var round = 0; round < options.Rounds; round++)
        {
            var before = CpuClock.Nanoseconds(beacon.ProcessId);
            var asked = await MdnsDriver.RunOnAskerAsync(
                hosts, "ask", $"#.{Questions.Type}.local", Text(Questions.Srv), Text(services), Text(Window), Text(options.Seconds));
            costs.Add(Microseconds(before, beacon) / Value(asked, "asked"));
        }

        table.Add($"legacy SRV, CPU µs a query, {services:N0} services", costs, null, false, "flat");
    }

    /// <summary>A restart with many services: what the link sees, and whether an asker notices.</summary>
    private static async Task AddAnnouncingAsync(ResultTable table, MdnsScenarioOptions options)
    {
        Say($"announcing {ManyServices} services at start");
        await using var hosts = new TwoHosts();
        await hosts.MakeAsync();
        var data = Path.Combine(hosts.Directory, "data");
        await using (await BeaconResponder.StartAsync(hosts, options.Beacon, data))
        {
            await MdnsDriver.RunOnAskerAsync(hosts, "register", "0", Text(ManyServices));
        }

        var listening = MdnsDriver.RunOnAskerAsync(hosts, "listen", Text(AnnounceSeconds));
        await using var beacon = await BeaconResponder.StartAsync(hosts, options.Beacon, data);
        await MdnsDriver.RunOnAskerAsync(hosts, "wait", beacon.HostName, Text(Questions.A), Text(WaitSeconds));
        var latency = await MdnsDriver.RunOnAskerAsync(hosts, "latency", beacon.HostName, Text(Questions.A), "20", Text(AnnounceSeconds / 2));
        var link = await listening;
        const double HundredMegabitPerSecond = 100e6 / 8;
        table.Add(MdnsFigure.BusiestSecond.What, Single(100 * Value(link, "busiest_second_bytes") / HundredMegabitPerSecond), null, false, MdnsFigure.BusiestSecond.Target);
        table.Add(MdnsFigure.AnnouncedPackets.What, Single(Value(link, "packets")), null, false, "");
        table.Add(MdnsFigure.AnnouncedAfter.What, Single(Value(link, "last_packet_seconds")), null, false, "");
        table.Add(MdnsFigure.AnswerMeanwhile.What, Single(Value(latency, "p99_us") / 1000), null, false, MdnsFigure.AnswerMeanwhile.Target);
        table.Add(MdnsFigure.AnsweredMeanwhile.What, Single(100 * Value(latency, "answered") / Value(latency, "asked")), null, true, MdnsFigure.AnsweredMeanwhile.Target);
    }

    private static Task<JsonObject> WaitForLastAsync(TwoHosts hosts, int services) => MdnsDriver.RunOnAskerAsync(
        hosts, "wait", $"{Questions.Instance(services - 1)}.{Questions.Type}.local", Text(Questions.Srv), Text(Math.Max(WaitSeconds, services / AnnouncedPerSecond)));

    private static double Microseconds(long before, IResponder responder) => (CpuClock.Nanoseconds(responder.ProcessId) - before) / 1000.0;

    private static double Value(JsonObject figures, string name) => figures[name]!.GetValue<double>();

    private static Figures Single(double value)
    {
        var figures = new Figures();
        figures.Add(value);
        return figures;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(string text) => Console.Error.WriteLine(text);
}
