namespace Beacon.Features.Health.History;

/// <summary>The results of one service in one hour, in the form they are stored in.</summary>
internal sealed class HourBuffer(long hour)
{
    private readonly SampleWriter _writer = new(hour * Clock.HourMilliseconds);

    public long Hour => hour;

    public int Count => _writer.Count;

    /// <summary>Somebody is making a chunk of it: what comes now goes into another.</summary>
    public bool IsTaken { get; set; }

    /// <summary>False: it has as many as an hour may have.</summary>
    public bool TryAdd(in Sample sample)
    {
        if (Count >= HistoryLimits.MaxResultsPerHour)
        {
            return false;
        }

        _writer.Add(sample);
        return true;
    }

    public void ReadInto(List<Sample> samples) => SampleReader.ReadAll(_writer.Bytes.Written.Span, hour * Clock.HourMilliseconds, samples);
}
