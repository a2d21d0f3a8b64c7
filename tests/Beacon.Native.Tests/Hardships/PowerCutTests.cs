using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;
using Beacon.Storage.Sqlite;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Native.Tests.Hardships;

/// <summary>
/// The power fails at any moment. What the binary does to its files is written down call by call; from that follows what a disk that keeps
/// its word about syncs can hold after each of them. BEACON_POWER_CUTS sets how many cuts are tried.
/// </summary>
public class PowerCutTests(ITestOutputHelper output)
{
    private const int DefaultCuts = 300;
    private const int CutsBeforeAStart = 4;
    private const int CutsOfTheControl = 20;
    private const int Clients = 4;
    private const int RequestsEach = 180;
    private const int LeastCheckpoints = 3;
    private const string Database = "beacon.db";
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(10);

    private static int Cuts =>
        int.TryParse(Environment.GetEnvironmentVariable("BEACON_POWER_CUTS"), CultureInfo.InvariantCulture, out var cuts) ? cuts : DefaultCuts;

    [Fact]
    public async Task After_a_power_cut_at_any_write_the_database_opens_and_holds_what_was_answered_and_nothing_never_sent()
    {
        var token = TestContext.Current.CancellationToken;
        var strace = await FindStraceAsync();
        var seed = Seeds.Next(output.WriteLine);
        var (events, clients) = await RecordAsync(strace, seed, token);
        var answers = FindAnswers(events, clients);
        var checkpoints = events.Count(x => x is { Kind: DiskEventKind.Sync, Target: Database });
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events.Count(x => x.Kind == DiskEventKind.Write)} writes, {events.Count(x => x.Kind == DiskEventKind.Sync)} syncs, {checkpoints} of them of the database"));
        Assert.InRange(checkpoints, LeastCheckpoints, int.MaxValue);

        var random = new Random(seed);
        var cuts = DrawCuts(random, events, Cuts);
        var problems = new List<string>();
        var started = Stopwatch.GetTimestamp();
        var unsettled = await CutAsync(new CutDisk(keepsItsWord: true), events, cuts, random, async (directory, number) =>
        {
            var promise = new Promise(clients, answers, cuts[number], seed);
            if (number % (cuts.Count / CutsBeforeAStart) == 0)
            {
                await AssertServedAsync(directory, promise, token);
            }

            problems.AddRange(await FindStoredProblemsAsync(directory, promise, token));
        });
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cuts.Count} power cuts, {unsettled} with writes under way: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, {problems.Count} problems"));
        Assert.Empty(problems);
        Assert.InRange(unsettled, cuts.Count / 2, cuts.Count);

        // The control: on a disk whose syncs mean nothing the same judge has to find losses.
        var few = DrawCuts(random, events, CutsOfTheControl);
        await CutAsync(new CutDisk(keepsItsWord: false), events, few, random, async (directory, number) =>
            problems.AddRange(await FindStoredProblemsAsync(directory, new Promise(clients, answers, few[number], seed), token)));
        Assert.NotEmpty(problems);
    }

    /// <summary>Lets the disk live through all events and cuts the power at the given positions.</summary>
    /// <returns>At how many of them something was under way.</returns>
    private static async Task<int> CutAsync(CutDisk disk, List<DiskEvent> events, List<int> cuts, Random random, Func<string, int, Task> judge)
    {
        var unsettled = 0;
        var done = 0;
        foreach (var (number, cut) in cuts.Index())
        {
            for (; done < cut; done++)
            {
                disk.Do(events[done]);
            }

            unsettled += disk.IsSettled ? 0 : 1;
            using var folder = new MemoryDirectory();
            disk.Cut(random, folder.Path);
            await judge(folder.Path, number);
        }

        return unsettled;
    }

    private static async Task<string> FindStraceAsync()
    {
        const string Strace = "/usr/bin/strace";
        Assert.SkipUnless(File.Exists(Strace), $"{Strace} is missing");
        var (exitCode, _, errors) = await LabCommand.RunAsync(Strace, ["-D", "-f", "-o", "/dev/null", "true"], ToolLimit);
        Assert.SkipUnless(exitCode == 0, $"strace may not trace here: {errors}");
        return Strace;
    }

    private static async Task<(List<DiskEvent> Events, TracedClient[] Clients)> RecordAsync(string strace, int seed, CancellationToken token)
    {
        using var data = new MemoryDirectory();
        using var traces = new TemporaryDirectory();
        var trace = traces.Below("trace");
        TracedClient[] clients;
        await using (var beacon = await BeaconProcess.StartUnderAsync([strace, .. SystemCallTrace.Options(trace)], data.Path))
        {
            clients = [.. Enumerable.Range(0, Clients).Select(x => new TracedClient(x, beacon.Port, seed + x))];
            await Task.WhenAll(clients.Select(x => x.RunAsync(RequestsEach, token)));
            Assert.Equal(0, (await beacon.TerminateAsync()).ExitCode);
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }

        await UntilWrittenAsync(trace, token);
        return (SystemCallTrace.Read(trace, data.Path), clients);
    }

    /// <summary>strace outlives what it traces by a moment.</summary>
    private static async Task UntilWrittenAsync(string trace, CancellationToken token)
    {
        for (var waited = 0; !File.ReadLines(trace).Last().Contains("+++ exited with 0 +++", StringComparison.Ordinal); waited++)
        {
            Assert.True(waited < 100, "strace has not written the end");
            await Task.Delay(50, token);
        }
    }

    /// <summary>Positions of each client's answers, in the order of its requests.</summary>
    private static int[][] FindAnswers(List<DiskEvent> events, TracedClient[] clients)
    {
        var byConnection = events.Index().Where(x => x.Item.Kind == DiskEventKind.Answer).GroupBy(x => x.Item.Target).ToList();
        return [.. clients.Select(client =>
        {
            var mark = Encoding.UTF8.GetBytes($"\"name\":\"{client.Mark}");
            var answers = Assert.Single(byConnection, x => x.First().Item.Data.AsSpan().IndexOf(mark) >= 0).Select(x => x.Index).ToArray();
            Assert.Equal(client.Steps.Count, answers.Length);
            return answers;
        })];
    }

    /// <summary>Half of them anywhere, half of them at what is rare and dangerous: the file itself, names, and what is cut off.</summary>
    private static List<int> DrawCuts(Random random, List<DiskEvent> events, int count)
    {
        const string Log = Database + "-wal";
        var rare = events.Index().Where(x => x.Item is not { Kind: DiskEventKind.Write, Target: Log } && x.Item.Kind != DiskEventKind.Answer)
            .Where(x => x.Item is not { Kind: DiskEventKind.Sync, Target: Log }).Select(x => x.Index).ToArray();
        var drawn = Enumerable.Range(0, count).Select(x => x % 2 == 0 ? random.Next(events.Count) : rare[random.Next(rare.Length)] + random.Next(2));

        // Both ends belong to it: nothing done, and everything.
        return [.. drawn.Append(0).Append(events.Count).Order()];
    }

    private static async Task<IEnumerable<string>> FindStoredProblemsAsync(string directory, Promise promise, CancellationToken token)
    {
        using var database = SqliteDatabase.Open(Path.Combine(directory, Database), NullLogger.Instance, TimeProvider.System);
        if (database.SetAside is not null)
        {
            return [$"set aside as damaged, {promise}"];
        }

        var services = await database.Services.LoadAllAsync(token);
        return promise.Problems(services.ToDictionary(
            x => x.Instance.Name,
            x => TracedClient.Content(x.Id.ToString(), x.Instance.Metadata.Single(entry => entry.Key == TracedClient.StepKey).Value)));
    }

    private static async Task AssertServedAsync(string directory, Promise promise, CancellationToken token)
    {
        await using var beacon = await BeaconProcess.StartAsync(directory);
        var served = new Dictionary<string, string>();
        foreach (var (id, name) in await beacon.Client.AllServicesAsync(token))
        {
            var service = await beacon.Client.GetFromJsonAsync<JsonElement>($"{Api.Services}/{id}", token);
            served[name] = TracedClient.Content(id, service.GetProperty("metadata").GetProperty(TracedClient.StepKey).GetString()!);
        }

        await beacon.KillAsync();
        Assert.Empty(promise.Problems(served));
        Assert.Empty(Directory.GetFiles(directory, "*.damaged-*"));
    }
}
