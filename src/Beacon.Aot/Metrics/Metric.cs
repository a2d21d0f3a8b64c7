using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Beacon.Aot.Metrics;

/// <summary>
/// What was measured by one instrument. Finding a series by its tags allocates nothing, so that counting costs no request and no packet
/// anything to speak of. Bounded: see <see cref="MostSeries"/>.
/// </summary>
internal sealed class Metric
{
    /// <summary>Different label values of one metric; a route times a method times a status is far below. What comes beyond is counted and left out.</summary>
    public const int MostSeries = 500;

    private const int MostTags = 16;

    private readonly ConcurrentDictionary<int, Series> _series = new();
    private readonly Lock _adding = new();
    private readonly MetricRule _rule;
    private readonly double[] _bounds;
    private readonly bool _isAbsolute;
    private int _count;
    private long _leftOut;

    public Metric(Instrument instrument, MetricRule rule)
    {
        _rule = rule;
        Name = MetricName.Of(instrument);
        Help = string.IsNullOrEmpty(instrument.Description) ? instrument.Name : instrument.Description;
        (Kind, _isAbsolute) = KindOf(instrument);
        Kind = rule.IsLevel ? MetricKind.Gauge : Kind;
        _bounds = Kind == MetricKind.Histogram ? [.. rule.Buckets ?? []] : [];
    }

    /// <summary>Without the ending that a text format gives a counter.</summary>
    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Measurements that were left out because there were too many series.</summary>
    public long LeftOut => Volatile.Read(ref _leftOut);

    /// <summary>In the order of their labels.</summary>
    public List<Series> Snapshot()
    {
        var all = new List<Series>();
        foreach (var (_, first) in _series)
        {
            for (var series = first; series is not null; series = series.Next)
            {
                all.Add(series);
            }
        }

        all.Sort((left, right) => string.CompareOrdinal(left.Labels, right.Labels));
        return all;
    }

    public void Take(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(tags) is not { } series)
        {
            return;
        }

        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (_isAbsolute)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Find(tags) is not { } series)
        {
            return;
        }

        if (Kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (_isAbsolute)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static (MetricKind Kind, bool IsAbsolute) KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Counter<>) ? (MetricKind.Counter, false)
            : type == typeof(ObservableCounter<>) ? (MetricKind.Counter, true)
            : type == typeof(Histogram<>) ? (MetricKind.Histogram, false)
            : (MetricKind.Gauge, type != typeof(UpDownCounter<>));
    }

    /// <summary>Null when there are too many already.</summary>
    public Series? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Span<int> kept = stackalloc int[MostTags];
        var count = 0;
        var hash = default(HashCode);
        for (var at = 0; at < tags.Length && count < MostTags; at++)
        {
            if (_rule.Labels is null || Contains(_rule.Labels, tags[at].Key))
            {
                kept[count++] = at;
                hash.Add(tags[at].Value);
            }
        }

        var key = hash.ToHashCode();
        _series.TryGetValue(key, out var first);
        for (var series = first; series is not null; series = series.Next)
        {
            if (HasTags(series, tags, kept[..count]))
            {
                return series;
            }
        }

        return Create(key, tags, kept[..count]);
    }

    private Series? Create(int key, ReadOnlySpan<KeyValuePair<string, object?>> tags, ReadOnlySpan<int> kept)
    {
        lock (_adding)
        {
            _series.TryGetValue(key, out var first);
            for (var series = first; series is not null; series = series.Next)
            {
                if (HasTags(series, tags, kept))
                {
                    return series;
                }
            }

            if (_count == MostSeries)
            {
                Interlocked.Increment(ref _leftOut);
                return null;
            }

            _count++;
            var own = new KeyValuePair<string, object?>[kept.Length];
            for (var at = 0; at < kept.Length; at++)
            {
                own[at] = tags[kept[at]];
            }

            return _series[key] = new Series(own, LabelsOf(own), _bounds) { Next = first };
        }
    }

    private static bool HasTags(Series series, ReadOnlySpan<KeyValuePair<string, object?>> tags, ReadOnlySpan<int> kept)
    {
        if (series.Tags.Length != kept.Length)
        {
            return false;
        }

        for (var at = 0; at < kept.Length; at++)
        {
            if (series.Tags[at].Key != tags[kept[at]].Key || !Equals(series.Tags[at].Value, tags[kept[at]].Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(IReadOnlyList<string> labels, string tag)
    {
        for (var at = 0; at < labels.Count; at++)
        {
            if (labels[at] == tag)
            {
                return true;
            }
        }

        return false;
    }

    private static string LabelsOf(KeyValuePair<string, object?>[] tags)
    {
        var text = new StringBuilder();
        foreach (var (tag, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "," : "").Append(MetricName.Label(tag)).Append("=\"");
            foreach (var character in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            {
                text.Append(character switch
                {
                    '\\' => "\\\\",
                    '"' => "\\\"",
                    '\n' => "\\n",
                    _ => character.ToString(),
                });
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
