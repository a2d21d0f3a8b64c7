using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>What is in memory of one service's history. Under the lock of <see cref="HistoryMemory"/>.</summary>
internal sealed class SeriesState(HealthSeries known)
{
    /// <summary>Weight of the newest response time in the running mean: about the last quarter of an hour of a check a minute.</summary>
    private const double Weight = 1.0 / 16;

    private double? _mean;

    public HealthSeries Known { get; set; } = known;

    /// <summary>The store does not have <see cref="Known"/> yet.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The running hour, and those that wait to become chunks; oldest first.</summary>
    public List<HourBuffer> Buffers { get; } = [];

    /// <summary>Milliseconds, weighted towards now; null before the first answer of this run.</summary>
    public double? MeanResponse => _mean;

    /// <returns>Results that were dropped for it.</returns>
    public int Add(in Sample sample)
    {
        if (sample is { Response: { } response, IsPlanned: false })
        {
            var time = response * Sample.Milliseconds;
            _mean = _mean is { } mean ? mean + ((time - mean) * Weight) : time;
        }

        var hour = Clock.HourOfMilliseconds(sample.At);
        var buffer = Buffers.Find(x => x.Hour == hour && !x.IsTaken);
        if (buffer is null)
        {
            buffer = new HourBuffer(hour);
            Buffers.Add(buffer);
        }

        var dropped = buffer.TryAdd(sample) ? 0 : 1;
        if (Buffers.Count > HistoryLimits.MaxWaitingHours && Buffers.Find(x => !x.IsTaken && x != buffer) is { } oldest)
        {
            dropped += oldest.Count;
            Buffers.Remove(oldest);
        }

        return dropped;
    }
}
