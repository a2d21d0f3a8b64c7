using System.Globalization;
using System.Text;

namespace Beacon.Aot.Metrics;

/// <summary>
/// The text that Prometheus reads: OpenMetrics 1.0 for who asks for it, else the older format 0.0.4. They differ in how a counter's family is
/// called; the ending of the first is for who puts the whole together.
/// </summary>
internal static class MetricsText
{
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    public const string PlainType = "text/plain; version=0.0.4; charset=utf-8";

    private const string CounterEnding = "_total";

    public static string Write(IReadOnlyList<Metric> metrics, bool isOpenMetrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.OrderBy(metric => metric.Name, StringComparer.Ordinal))
        {
            if (metric.Snapshot() is { Count: > 0 } series)
            {
                Write(text, metric, series, isOpenMetrics);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Metric metric, List<Series> all, bool isOpenMetrics)
    {
        var sample = metric.Kind == MetricKind.Counter ? metric.Name + CounterEnding : metric.Name;
        var family = isOpenMetrics ? metric.Name : sample;
        text.Append("# HELP ").Append(family).Append(' ').Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(family).Append(metric.Kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Histogram => " histogram\n",
            _ => " gauge\n",
        });
        foreach (var series in all)
        {
            if (metric.Kind == MetricKind.Histogram)
            {
                WriteHistogram(text, metric.Name, series);
            }
            else
            {
                Line(text, sample, series.Labels, "", series.Value);
            }
        }
    }

    /// <summary>Buckets are read one after the other while others count: the total is what was read, so that it is never below a bucket.</summary>
    private static void WriteHistogram(StringBuilder text, string name, Series series)
    {
        var total = 0L;
        for (var bucket = 0; bucket <= series.Bounds.Count; bucket++)
        {
            total += series.CountIn(bucket);
            var end = bucket < series.Bounds.Count ? Number(series.Bounds[bucket]) : "+Inf";
            Line(text, name + "_bucket", series.Labels, $"le=\"{end}\"", total);
        }

        Line(text, name + "_sum", series.Labels, "", series.Value);
        Line(text, name + "_count", series.Labels, "", total);
    }

    private static void Line(StringBuilder text, string name, string labels, string last, double value)
    {
        text.Append(name);
        if (labels.Length + last.Length > 0)
        {
            text.Append('{').Append(labels).Append(labels.Length > 0 && last.Length > 0 ? "," : "").Append(last).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 || (text[0] == '-' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
            ? text + ".0"
            : text;
    }
}
