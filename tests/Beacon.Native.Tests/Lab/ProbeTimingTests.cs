using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>When names are asked for, by the clock of another host's kernel, and what becomes of a name that is denied again and again.</summary>
[Collection(LabCollection.Name)]
public sealed class ProbeTimingTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Probes = 3;

    /// <summary>250 ms less the tolerance of Apple's conformance test. A late first probe shortens the gap that another host sees.</summary>
    private const double LeastGapMs = 237;

    private const double LeastPauseSeconds = 5;
    private const double PerSecond = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;
    private LabBeacon? _beacon;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        _beacon = await LabBeacon.StartAsync(lab.A, _data);
    }

    public ValueTask DisposeAsync()
    {
        _beacon?.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Section_8_1_three_probes_are_no_less_than_237_ms_apart()
    {
        const int Names = 12;
        using var watch = await Injector.WatchProbesAsync(lab.B, "Asked For", denials: 0);
        for (var number = 0; number < Names; number++)
        {
            await RegisterAsync($"Asked For {number}");
        }

        Assert.NotNull(await watch.WaitForLineAsync(_ => Injector.Probes(watch).Count == Names * Probes, Limit));

        var byName = Injector.Probes(watch).GroupBy(x => x.Name).Select(x => x.Select(probe => probe.Time).ToList()).ToList();
        var gaps = byName.SelectMany(times => times.Zip(times.Skip(1), (first, second) => (second - first) * PerSecond)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gaps.Count} gaps of {gaps.Min():F1} to {gaps.Max():F1} ms"));
        Assert.All(byName, times => Assert.Equal(Probes, times.Count));
        Assert.All(gaps, gap => Assert.InRange(gap, LeastGapMs, double.PositiveInfinity));
    }

    [Fact]
    public async Task Section_8_1_after_fifteen_denials_each_further_name_waits_five_seconds()
    {
        const int Quick = 15;
        const int Denials = Quick + 1;
        using var watch = await Injector.WatchProbesAsync(lab.B, "Contested", Denials);
        await RegisterAsync("Contested");

        Assert.NotNull(await watch.WaitForLineAsync(_ => FirstProbes(watch).Count > Denials, Limit));

        var firsts = FirstProbes(watch);
        var pauses = firsts.Zip(firsts.Skip(1), (first, second) => second.Time - first.Time).ToList();
        output.WriteLine(string.Join(' ', pauses.Select(x => x.ToString("F2", CultureInfo.InvariantCulture))));
        Assert.Equal($"Contested ({Denials + 1})._contested._tcp.local", firsts[^1].Name);
        Assert.InRange(pauses.Take(Quick - 1).Sum(), 0, 10);
        Assert.All(pauses.Skip(Quick - 1), pause => Assert.InRange(pause, LeastPauseSeconds, 2 * LeastPauseSeconds));
        Assert.Contains("only every five seconds", _beacon!.Log, StringComparison.Ordinal);
    }

    private static List<(double Time, string Name)> FirstProbes(LabCommand watch) => [.. Injector.Probes(watch).DistinctBy(x => x.Name)];

    private Task RegisterAsync(string name) => _beacon!.SendAsync(lab.B, "POST", "/services/register",
        $$"""{"name":"{{name}}","type":"contested","host":"{{LabNetwork.AddressC}}","port":8080}""");
}
