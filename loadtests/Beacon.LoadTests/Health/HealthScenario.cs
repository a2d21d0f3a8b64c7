using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.LoadTests.Lab;
using Beacon.LoadTests.Measuring;

namespace Beacon.LoadTests.Health;

/// <summary>
/// Many web servers on loopback fail and recover at random, and Beacon must tell of each change, in time. Every phase is long enough to be
/// found out; a target changes at most six times in ten minutes, so that none counts as flapping.
/// </summary>
internal static class HealthScenario
{
    private const int Interval = 30;
    private const int Timeout = 5;
    private const int MostChanges = 6;
    private const int Clients = 32;

    /// <summary>One in ten failures is a target that hangs: they compete for the slow lane.</summary>
    private static readonly TargetState[] Failures =
    [
        TargetState.Refuses, TargetState.Refuses, TargetState.Refuses, TargetState.Refuses, TargetState.Refuses,
        TargetState.Ails, TargetState.Ails, TargetState.Ails, TargetState.Ails, TargetState.Hangs,
    ];

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after its bound a target stays as it is, so that one change is told before the next happens.</summary>
    private const double Rest = 3;

    /// <summary>Seconds on top of that, at random.</summary>
    private const double LongestPhase = 90;

    /// <summary>How late Beacon may tell: interval × retries + 1 s, and for a target that hangs its timeout each time as well.</summary>
    public static TimeSpan Bound(Transition change, int retries) => TimeSpan.FromSeconds(
        1 + (change.IsUp ? Interval : Interval * retries) + (change.How == TargetState.Hangs ? Timeout * retries : 0));

    public static async Task<int> RunAsync(HealthScenarioOptions options)
    {
        Console.WriteLine($"{options.Targets} targets, {options.Seconds} s, {options.Retries} retries, --seed {options.Seed}");
        var directory = Directory.CreateTempSubdirectory("beacon-health-").FullName;
        var targets = Enumerable.Range(0, options.Targets).Select(number => new HealthTarget(number)).ToList();
        try
        {
            var clock = Stopwatch.StartNew();
            await using var beacon = await BeaconServer.StartAsync(options.Beacon, directory, "--health-allow", "127.0.0.0/8");
            var port = beacon.Address.Port;
            await using var watcher = new HealthWatcher(clock);
            await watcher.StartAsync(port);
            await RegisterAsync(targets, port, options.Retries);
            await UntilAsync(() => watcher.CountUp() == targets.Count, TimeSpan.FromSeconds(Interval), "not all targets were found to be well");
            Console.WriteLine($"all found to be well after {clock.Elapsed.TotalSeconds:F1} s");
            var (processor, memory) = await DisturbAsync(options, targets, clock, beacon);

            // The last changes have their time too.
            await Task.Delay(TimeSpan.FromSeconds(1 + (Interval * options.Retries) + (Timeout * options.Retries) + Rest));
            return Report(options, targets, watcher, processor, memory);
        }
        finally
        {
            targets.ForEach(target => target.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(double Processor, double Memory)> DisturbAsync(
        HealthScenarioOptions options, List<HealthTarget> targets, Stopwatch clock, BeaconServer beacon)
    {
        var random = new Random(options.Seed);
        var next = new PriorityQueue<HealthTarget, TimeSpan>();
        foreach (var target in targets)
        {
            next.Enqueue(target, clock.Elapsed + TimeSpan.FromSeconds(random.NextDouble() * LongestPhase));
        }

        var (begin, used, memory) = (clock.Elapsed, CpuClock.Nanoseconds(beacon.Id), 0L);
        var end = begin + TimeSpan.FromSeconds(options.Seconds);
        while (clock.Elapsed < end)
        {
            while (next.TryPeek(out var target, out var due) && due <= clock.Elapsed)
            {
                next.Dequeue();
                var change = Change(target, random, clock);
                target.Did.Add(change);
                if (target.Did.Count < MostChanges)
                {
                    next.Enqueue(target, clock.Elapsed + Bound(change, options.Retries) + TimeSpan.FromSeconds(Rest + (random.NextDouble() * LongestPhase)));
                }
            }

            memory = Math.Max(memory, beacon.ResidentBytes());
            await Task.Delay(Tick);
        }

        return ((CpuClock.Nanoseconds(beacon.Id) - used) / (clock.Elapsed - begin).TotalNanoseconds * 100, memory / 1_048_576.0);
    }

    private static Transition Change(HealthTarget target, Random random, Stopwatch clock)
    {
        if (target.State == TargetState.Well)
        {
            var how = Failures[random.Next(Failures.Length)];
            target.Become(how);
            return new Transition(clock.Elapsed, IsUp: false, how);
        }

        var before = target.State;
        target.Become(TargetState.Well);
        return new Transition(clock.Elapsed, IsUp: true, before);
    }

    private static int Report(HealthScenarioOptions options, List<HealthTarget> targets, HealthWatcher watcher, double processor, double memory)
    {
        var detection = new Detection(options.Retries);
        foreach (var target in targets)
        {
            detection.Compare(Name(target), target.Did, [.. watcher.SaidOf(Name(target)).Skip(1)]);
        }

        foreach (var wrong in detection.Wrong.Take(20))
        {
            Console.WriteLine($"WRONG  {wrong}");
        }

        var ok = detection.Wrong.Count == 0 && !watcher.LostSome;
        Console.WriteLine($"""
            | what | |
            | --- | --- |
            | changes, all told in time | {(ok ? detection.Transitions : $"NO: {detection.Wrong.Count} of {detection.Transitions} wrong")} |
            | failure told after (median, longest) | {detection.Down.Median:F1} s, {detection.Down.Most:F1} s |
            | recovery told after (median, longest) | {detection.Up.Median:F1} s, {detection.Up.Most:F1} s |
            | checks answered | {targets.Sum(target => target.Answered)} |
            | processor | {processor:F2} % of one core |
            | memory | {memory:F1} MiB |
            """);
        if (options.Results is { } directory)
        {
            Directory.CreateDirectory(directory);
            var json = new JsonObject
            {
                ["seed"] = options.Seed,
                ["targets"] = options.Targets,
                ["seconds"] = options.Seconds,
                ["retries"] = options.Retries,
                ["changes"] = detection.Transitions,
                ["wrong"] = detection.Wrong.Count,
                ["down_longest_s"] = detection.Down.Most,
                ["up_longest_s"] = detection.Up.Most,
                ["processor_percent"] = processor,
                ["memory_mib"] = memory,
            };
            File.WriteAllText(Path.Combine(directory, "health.json"), json.ToJsonString());
        }

        return ok ? 0 : 1;
    }

    private static string Name(HealthTarget target) => $"target {target.Number}";

    private static async Task RegisterAsync(List<HealthTarget> targets, int port, int retries)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Parallel.ForEachAsync(targets, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (target, token) =>
        {
            var body = $$"""
                {"name":"{{Name(target)}}","type":"http","host":"{{target.Address}}","port":{{target.Port}},"ttl":300,
                "health_check_url":"http://{{target.Address}}:{{target.Port}}/health","health_check_interval":{{Interval}},
                "health_check_timeout":{{Timeout}},"health_check_retries":{{retries}}}
                """;
            using var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
            using var answer = await http.PostAsync(new Uri("/api/v1/services/register", UriKind.Relative), content, token);
            answer.EnsureSuccessStatusCode();
        });
    }

    private static async Task UntilAsync(Func<bool> isDone, TimeSpan limit, string complaint)
    {
        for (var waited = Stopwatch.StartNew(); !isDone();)
        {
            if (waited.Elapsed > limit)
            {
                throw new InvalidOperationException(complaint);
            }

            await Task.Delay(Tick);
        }
    }
}
