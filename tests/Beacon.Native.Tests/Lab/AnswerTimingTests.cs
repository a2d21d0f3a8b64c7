using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>
/// When answers come, by the clock of another host's kernel. Both hosts and everything else that the machine does share its processors, so
/// an upper limit is held by all but a few; a lower limit by all.
/// </summary>
[Collection(LabCollection.Name)]
public sealed class AnswerTimingTests(LabNetwork lab, TimedBeacon beacon, ITestOutputHelper output) : IClassFixture<TimedBeacon>
{
    private const double LeastSharedMs = 20;
    private const double MostSharedMs = 120;
    private const double MostUniqueMs = 10;

    /// <summary>What a question's way there, the wake-up of Beacon's thread and the answer's way back may take on a machine at rest.</summary>
    private const double TravelMs = 5;

    /// <summary>One answer in so many may come later, when the machine had something else to do.</summary>
    private const int OneLateIn = 20;

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Section_6_answers_of_shared_records_are_spread_evenly_over_20_to_120_ms()
    {
        const int Rounds = 2;
        const int Quarters = 4;
        const int Expected = Rounds * TimedBeacon.Services / Quarters;

        // Four standard deviations of a binomial count of that size: one run in several thousand fails by chance.
        const int Tolerance = 20;
        SkipWithoutLab();

        var questions = Enumerable.Range(0, Rounds * TimedBeacon.Services).Select(x => $"{TimedBeacon.Type(x % TimedBeacon.Services)}|PTR");
        var delays = (await Injector.AskAsync(lab.B, Silence, questions)).Select(x => x ?? double.PositiveInfinity).Order().ToList();

        var quarters = delays.CountBy(x => Math.Clamp((int)((x - LeastSharedMs) / ((MostSharedMs - LeastSharedMs) / Quarters)), 0, Quarters - 1))
            .OrderBy(x => x.Key).Select(x => x.Value).ToList();
        output.WriteLine($"{Summary(delays)}; by quarter {string.Join(", ", quarters)}");
        Assert.InRange(delays[0], LeastSharedMs, MostSharedMs);
        Assert.InRange(delays.Count(x => x > MostSharedMs + TravelMs), 0, delays.Count / OneLateIn);
        Assert.Equal(Quarters, quarters.Count);
        Assert.All(quarters, count => Assert.InRange(count, Expected - Tolerance, Expected + Tolerance));
    }

    [Fact]
    public async Task Section_6_answers_of_unique_records_come_within_10_ms()
    {
        SkipWithoutLab();

        var questions = Enumerable.Range(0, TimedBeacon.Services).Select(x => $"{TimedBeacon.Instance(x)}|SRV");
        var delays = (await Injector.AskAsync(lab.B, Silence, questions)).Select(x => x ?? double.PositiveInfinity).Order().ToList();

        output.WriteLine(Summary(delays));
        Assert.InRange(delays[^1], 0, Silence.TotalMilliseconds);
        Assert.InRange(delays.Count(x => x > MostUniqueMs), 0, delays.Count / OneLateIn);
    }

    /// <summary>A known answer silences us while it has half of its life left, and no longer.</summary>
    [Theory]
    [InlineData("PTR", 4500)]
    [InlineData("SRV", 120)]
    public async Task Section_7_1_a_known_answer_counts_down_to_half_of_its_life(string type, int life)
    {
        const int Percent = 100;
        SkipWithoutLab();

        int[] lives = [.. ((int[])[100, 90, 80, 70, 60]).Select(x => life * x / Percent), life / 2, (life / 2) - 1, .. ((int[])[40, 30, 20, 10]).Select(x => life * x / Percent), 1];
        var delays = await Injector.AskAsync(lab.B, Silence, lives.Select((left, number) => Known(type, number, left)));

        output.WriteLine(string.Join(", ", lives.Zip(delays, (left, delay) => $"{left} s {(delay is null ? "silence" : "answer")}")));
        Assert.All(lives.Zip(delays), x => Assert.Equal(x.First < life / 2, x.Second is not null));
    }

    private static string Known(string type, int number, int left)
    {
        var (name, value) = type == "PTR"
            ? (TimedBeacon.Type(number), TimedBeacon.Instance(number))
            : (TimedBeacon.Instance(number), $"{TimedBeacon.Port(number)}:{TimedBeacon.Target}");
        return string.Create(CultureInfo.InvariantCulture, $"{name}|{type}|{value}|{left}");
    }

    private static string Summary(List<double> sorted) => string.Create(
        CultureInfo.InvariantCulture, $"{sorted.Count} answers after {sorted[0]:F2} to {sorted[^1]:F2} ms, median {sorted[sorted.Count / 2]:F2} ms");

    private void SkipWithoutLab()
    {
        _ = beacon;
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
    }
}
