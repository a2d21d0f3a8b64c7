using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Beacon.Aot.Metrics;

/// <summary>
/// Listens to the meters of Beacon, the web server and the runtime, and keeps what they measure for whoever scrapes. Made before anything
/// else, so that nothing is missed.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Metric> _metrics = new();
    private readonly Lock _scraping = new();
    private readonly Meter _meter = new("Beacon.Metrics");

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Two meters of one name, as two hosts in one process have them, share the metric.
            if (MetricRule.For(instrument) is { } rule)
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument.Name, _ => new Metric(instrument, rule)));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, metric) => ((Metric)metric!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, metric) => ((Metric)metric!).Take((long)value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, metric) => ((Metric)metric!).Take(value, tags));
        _listener.Start();
        _meter.CreateObservableCounter(
            "beacon.metrics.left_out", () => _metrics.Values.Sum(metric => metric.LeftOut), "{measurement}", "Measurements left out because a metric had too many label values");
    }

    /// <summary>The series with these labels, made if it is not there; null when nobody has that instrument, or it has too many series.</summary>
    public Series? Find(string instrument, ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
        _metrics.TryGetValue(instrument, out var metric) ? metric.Find(labels) : null;

    /// <summary>One scrape at a time: gauges are asked for their values first.</summary>
    public string Write(bool isOpenMetrics)
    {
        lock (_scraping)
        {
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // A gauge of something that is being stopped; all others have been asked, and the counters stand.
            }

            return MetricsText.Write([.. _metrics.Values], isOpenMetrics);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }
}
