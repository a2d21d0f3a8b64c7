namespace Beacon.Aot.Metrics;

/// <summary>The three kinds of the text formats that Beacon has.</summary>
internal enum MetricKind
{
    /// <summary>Only rises.</summary>
    Counter,

    Gauge,

    Histogram,
}
