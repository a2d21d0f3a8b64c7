using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>
/// Random networks with random misfortunes, each from one seed. BEACON_SIMULATION_RUNS says how many, BEACON_TEST_SEED which is the
/// first: with both set to a printed seed and 1, one run is repeated.
/// </summary>
public class SimulationTests(ITestOutputHelper output)
{
    public const string RunsVariable = "BEACON_SIMULATION_RUNS";

    private const int RunsByDefault = 300;

    /// <summary>Enough to see whether failures have one cause.</summary>
    private const int MostFailures = 8;

    [Fact]
    public void Whatever_happens_to_a_network_it_ends_up_consistent_and_silent()
    {
        var first = Seeds.Next(output.WriteLine);
        var runs = int.Parse(Environment.GetEnvironmentVariable(RunsVariable) ?? RunsByDefault.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var failures = new ConcurrentQueue<string>();
        var reports = new ConcurrentBag<RunReport>();
        var watch = Stopwatch.StartNew();
        Parallel.For(0, runs, (run, loop) =>
        {
            try
            {
                reports.Add(SimulationRun.Play(unchecked(first + run)));
            }
            catch (SimulationFailure failure)
            {
                failures.Enqueue(failure.Message);
                if (failures.Count >= MostFailures)
                {
                    loop.Stop();
                }
            }
        });
        output.WriteLine(Summary(reports, watch.Elapsed));

        Assert.True(failures.IsEmpty, $"{failures.Count} runs failed; {Seeds.Variable}=SEED {RunsVariable}=1 repeats one:\n{string.Join("\n", failures)}");
    }

    private static string Summary(IReadOnlyCollection<RunReport> reports, TimeSpan took) => reports.Count == 0 ? "no run passed" : string.Create(
        CultureInfo.InvariantCulture,
        $"{reports.Count} runs in {took.TotalSeconds:0.0} s, {reports.Count / took.TotalSeconds:0} a second; {TimeSpan.FromTicks(reports.Sum(report => report.Chaos)).TotalHours:0.0} virtual hours of chaos, then a week each; {reports.Sum(report => (long)report.Packets)} packets; at most {reports.Max(report => report.Peak)} a second from one Beacon on one link");
}
