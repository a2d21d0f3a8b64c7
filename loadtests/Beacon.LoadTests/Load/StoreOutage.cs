using System.Diagnostics;
using Beacon.LoadTests.Driving;
using Beacon.LoadTests.Measuring;
using Beacon.Testing.Mongo;

namespace Beacon.LoadTests.Load;

/// <summary>
/// Heartbeats and registrations at fixed rates while the database is there, while it is not, and after it has come back: what each takes, and
/// how long the database needs to have everything. The database is the tests' own wire-level server, in this process.
/// </summary>
internal static class StoreOutage
{
    private const int RegistrationsPerSecond = 50;
    private const string Documents = "beacon.services";
    private static readonly string[] Phases = ["before", "during", "after"];
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = LoadOptions.Parse(arguments, new LoadOptions(Seconds: 15, Rate: 2000));
        var beats = Phases.ToDictionary(x => x, _ => new Figures());
        var writes = Phases.ToDictionary(x => x, _ => new Figures());
        var (failed, behind) = (new Figures(), new Figures());
        for (var round = 1; round <= options.Rounds; round++)
        {
            using var database = new MongoTestServer(new MongoTestServerOptions { ReplicaSet = "rs0", Users = new Dictionary<string, string> { ["beacon/umbrel"] = "secret" } });
            await using var bench = await LoadBench.StartAsync(
                options with { Bare = null }, isPinned: false, arguments: ["--mongodb-url", database.Url("beacon", "umbrel:secret")]);
            var heartbeats = Requests.Heartbeats(await Requests.RegisterAsync(bench.Beacon.Address, options.Services));
            var registrations = Requests.Registrations(1_000_000);
            var (all, lost) = (options.Services, 0L);
            foreach (var phase in Phases)
            {
                if (phase == "during")
                {
                    database.Stop();
                }

                if (phase == "after")
                {
                    database.Start();
                }

                var renewing = OpenLoop.RunAsync(bench.Beacon.Address, options.Clients, options.Rate, options.Length, heartbeats);
                var registering = await OpenLoop.RunAsync(bench.Beacon.Address, options.Clients, RegistrationsPerSecond, options.Length, registrations);
                var renewed = await renewing;
                beats[phase].Add(renewed.Percentile(99));
                writes[phase].Add(registering.Percentile(99));
                lost += renewed.Failures + registering.Failures;
                all += (int)registering.Answers;
            }

            failed.Add(lost);
            behind.Add(await UntilAsync(() => database.Documents(Documents).Count >= all));
            LoadReport.Say($"round {round} of {options.Rounds}: {lost} refused, level {behind.Values[^1]:N1} s after the last phase");
        }

        var table = LoadReport.Table();
        foreach (var phase in Phases)
        {
            table.Add($"{phase} the outage: {options.Rate} heartbeats a second, p99 ms", beats[phase], null, higherIsBetter: false, "");
            table.Add($"{phase} the outage: {RegistrationsPerSecond} registrations a second, p99 ms", writes[phase], null, higherIsBetter: false, "");
        }

        table.Add("requests refused in all", failed, null, higherIsBetter: false, "0");
        table.Add("the database has everything, s after the load", behind, null, higherIsBetter: false, "");
        return await LoadReport.WriteAsync(options, "store-outage", $"{options.Seconds} s each with, without and again with the database, all cores, asker and database included", table);
    }

    private static async Task<double> UntilAsync(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > CatchUpLimit)
            {
                throw new InvalidOperationException("the database never had everything");
            }

            await Task.Delay(50);
        }

        return watch.Elapsed.TotalSeconds;
    }
}
