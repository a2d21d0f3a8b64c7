namespace Beacon.Aot.Metrics;

/// <summary>
/// Counts requests of one route into <c>http_server_request_duration_seconds</c> as the web server would, without looking up the series by its
/// labels each time.
/// </summary>
internal sealed class RequestClock(MetricsCollector collector, TimeProvider time, string method, string route)
{
    private const string Instrument = "http.server.request.duration";

    private readonly KeyValuePair<string, object?>[] _labels =
    [
        new("http.request.method", method),
        new("http.response.status_code", StatusCodes.Status200OK),
        new("http.route", route),
    ];

    private Series? _series;

    /// <summary>To be given to <see cref="CountSince"/>.</summary>
    public long Now => time.GetTimestamp();

    public void CountSince(long began) => (_series ??= collector.Find(Instrument, _labels))?.Observe(time.GetElapsedTime(began).TotalSeconds);
}
