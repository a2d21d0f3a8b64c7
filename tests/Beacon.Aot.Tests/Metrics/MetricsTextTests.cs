using System.Diagnostics.Metrics;
using Beacon.Aot.Metrics;

namespace Beacon.Aot.Tests.Metrics;

public sealed class MetricsTextTests : IDisposable
{
    private readonly Meter _meter = new("Beacon.TestOfText");

    public void Dispose() => _meter.Dispose();

    private static Metric For(Instrument instrument) => new(instrument, MetricRule.For(instrument)!);

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    [Fact]
    public void A_counter_has_its_ending_on_the_sample_and_in_the_older_format_on_the_family_too()
    {
        var metric = For(_meter.CreateCounter<long>("beacon.test.time", "s", "What took time"));
        metric.Take(2, [Tag("who.is", "b")]);
        metric.Take(0.5, [Tag("who.is", "a")]);
        metric.Take(1, [Tag("who.is", "b")]);

        const string Samples = """
            beacon_test_time_seconds_total{who_is="a"} 0.5
            beacon_test_time_seconds_total{who_is="b"} 3.0

            """;
        Assert.Equal(
            "# HELP beacon_test_time_seconds What took time\n# TYPE beacon_test_time_seconds counter\n" + Samples,
            MetricsText.Write([metric], isOpenMetrics: true));
        Assert.Equal(
            "# HELP beacon_test_time_seconds_total What took time\n# TYPE beacon_test_time_seconds_total counter\n" + Samples,
            MetricsText.Write([metric], isOpenMetrics: false));
    }

    [Fact]
    public void A_histogram_counts_into_its_buckets_and_all_buckets_above()
    {
        var metric = For(_meter.CreateHistogram<double>("beacon.test.wait", "s", "Waiting"));
        foreach (var value in new[] { 0.0005, 0.002, 0.3, 7 })
        {
            metric.Take(value, []);
        }

        var lines = MetricsText.Write([metric], isOpenMetrics: true).Split('\n');
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"0.0005\"} 1.0", lines);
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"0.0025\"} 2.0", lines);
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"0.25\"} 2.0", lines);
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"0.5\"} 3.0", lines);
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"5.0\"} 3.0", lines);
        Assert.Contains("beacon_test_wait_seconds_bucket{le=\"+Inf\"} 4.0", lines);
        Assert.Contains("beacon_test_wait_seconds_count 4.0", lines);
        Assert.Contains("beacon_test_wait_seconds_sum 7.3025", lines);
    }

    [Theory]
    [InlineData("beacon.health.check.duration")]
    [InlineData("beacon.health.check.lateness")]
    public void Times_of_checks_have_buckets_up_to_the_longest_timeout(string name)
    {
        var metric = For(_meter.CreateHistogram<double>(name, "s", "Waiting"));
        metric.Take(45, []);

        var lines = MetricsText.Write([metric], isOpenMetrics: true).Split('\n');
        var family = name.Replace('.', '_') + "_seconds";
        Assert.Contains(family + "_bucket{le=\"30.0\"} 0.0", lines);
        Assert.Contains(family + "_bucket{le=\"60.0\"} 1.0", lines);
    }

    [Fact]
    public void A_gauge_is_what_was_measured_last_and_an_up_down_counter_the_sum()
    {
        var gauge = For(_meter.CreateObservableGauge("beacon.test.gauge", () => 1));
        gauge.Take(5, []);
        gauge.Take(3, []);
        var level = For(_meter.CreateUpDownCounter<int>("beacon.test.level"));
        level.Take(5, []);
        level.Take(-3, []);

        var text = MetricsText.Write([level, gauge], isOpenMetrics: true);
        Assert.Contains("# TYPE beacon_test_gauge gauge\nbeacon_test_gauge 3.0\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE beacon_test_level gauge\nbeacon_test_level 2.0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_line_ends_and_backslashes_in_labels_are_escaped()
    {
        var metric = For(_meter.CreateCounter<long>("beacon.test.text", null, "a\nb"));
        metric.Take(1, [Tag("text", "a\"b\\c\nd")]);

        var text = MetricsText.Write([metric], isOpenMetrics: true);
        Assert.Contains("""{text="a\"b\\c\nd"} 1.0""", text, StringComparison.Ordinal);
        Assert.Contains(@"# HELP beacon_test_text a\nb", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_measured_yet_is_not_there() =>
        Assert.Equal("", MetricsText.Write([For(_meter.CreateCounter<long>("beacon.test.none"))], isOpenMetrics: true));

    [Fact]
    public void Label_values_without_end_are_bounded_and_counted()
    {
        var metric = For(_meter.CreateCounter<long>("beacon.test.many"));
        for (var at = 0; at < Metric.MostSeries + 7; at++)
        {
            metric.Take(1, [Tag("at", at)]);
        }

        metric.Take(1, [Tag("at", 3)]);

        Assert.Equal(Metric.MostSeries, metric.Snapshot().Count);
        Assert.Equal(7, metric.LeftOut);
        Assert.Equal(2, metric.Snapshot().Single(series => series.Labels == "at=\"3\"").Value);
    }

    [Fact]
    public void Measuring_again_allocates_nothing()
    {
        var metric = For(_meter.CreateHistogram<double>("beacon.test.hot", "s"));
        KeyValuePair<string, object?>[] tags = [Tag("method", "GET"), Tag("status", 200)];
        metric.Take(0.1, tags);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < 1000; at++)
        {
            metric.Take(0.1, tags);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Threads_that_count_together_lose_nothing()
    {
        var metric = For(_meter.CreateCounter<double>("beacon.test.together"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var at = 0; at < 50_000; at++)
            {
                metric.Take(0.5, [Tag("thread", at % 3)]);
            }
        })));

        Assert.Equal(100_000, metric.Snapshot().Sum(series => series.Value));
    }
}
