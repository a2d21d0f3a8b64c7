using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Look-ups by id as fast as one core answers them; and pages of fifty by every kind of filter, whose processor time tells what the server did
/// without what the connection took, with few services and with many.
/// </summary>
internal static class QueryFlood
{
    private const int PagesAsked = 2000;
    private const int PageConnections = 1;
    private static readonly string[] Filters =
    [
        "limit=50", "limit=50&skip=500", "type=mqtt&limit=50", "tags=room-7&limit=50", "host=host-5.lan&limit=50", "status=active&limit=50",
        "type=mqtt&tags=room-6&limit=50", "protocol=http&limit=50", "q=service-99&limit=50",
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Services: 100_000));
        Cores.KeepOff();
        var (byId, bareById) = (new Figures(), new Figures());
        var few = Filters.ToDictionary(x => x, _ => new Figures());
        var many = Filters.ToDictionary(x => x, _ => new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using (var small = await LoadBench.StartAsync(options with { Bare = null }))
            {
                await Requests.RegisterAsync(small.Beacon.Address, Math.Max(1, options.Services / 100));
                await PagesAsync(small.Beacon, few);
            }

            await using var bench = await LoadBench.StartAsync(options);
            var ids = await Requests.RegisterAsync(bench.Beacon.Address, options.Services);
            await PagesAsync(bench.Beacon, many);
            byId.Add((await ClosedLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Length, Requests.LookUps(ids))).ThrowIfFailed().PerSecond);
            if (bench.Bare is not null)
            {
                bareById.Add((await ClosedLoop.RunAsync(bench.Bare.Address, options.Clients, options.Length, Requests.Bare("GET"))).ThrowIfFailed().PerSecond);
            }

            LoadReport.Say($"round {round} of {options.Rounds}: {byId.Values[^1]:N0} look-ups a second");
        }

        var table = LoadReport.Table();
        table.Add($"GET by id a second, {options.Services:N0} services", byId, bareById, higherIsBetter: true, "0.85 × bare");
        foreach (var filter in Filters)
        {
            table.Add($"page ?{filter}, {options.Services / 100:N0} services, CPU ms", few[filter], null, higherIsBetter: false, "");
            table.Add($"page ?{filter}, {options.Services:N0} services, CPU ms", many[filter], null, higherIsBetter: false, "1");
        }

        return await LoadReport.WriteAsync(
            options, "query-flood", $"{options.Clients} connections by id, one by page, {PagesAsked} pages each, server on one core, asker on another", table);
    }

    private static async Task PagesAsync(BeaconServer beacon, Dictionary<string, Figures> into)
    {
        foreach (var filter in Filters)
        {
            var page = Requests.Page(filter);
            await ClosedLoop.RunAsync(beacon.Address, PageConnections, TimeSpan.FromSeconds(1), page, atMost: 100);
            var before = CpuClock.Nanoseconds(beacon.Id);
            var result = (await ClosedLoop.RunAsync(beacon.Address, PageConnections, TimeSpan.FromSeconds(5), page, atMost: PagesAsked)).ThrowIfFailed();
            into[filter].Add((CpuClock.Nanoseconds(beacon.Id) - before) / 1e6 / result.Answers);
        }
    }
}
