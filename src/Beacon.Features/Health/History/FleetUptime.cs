namespace Beacon.Features.Health.History;

/// <summary>How many checks of all services passed, hour by hour over the last day. Under the lock of <see cref="HistoryMemory"/>.</summary>
internal sealed class FleetUptime
{
    private const int Kept = Clock.DayHours + 1;

    private readonly SortedDictionary<long, (long Count, long Up)> _hours = [];

    public void Add(long hour, int count, int up)
    {
        var (counted, passed) = _hours.GetValueOrDefault(hour);
        _hours[hour] = (counted + count, passed + up);
        if (_hours.Count > Kept)
        {
            _hours.Remove(_hours.Keys.First());
        }
    }

    /// <summary>Over the last 24 hours, the first of them whole; null when nothing was checked.</summary>
    public double? Ratio(long hour)
    {
        long count = 0, up = 0;
        foreach (var (at, figures) in _hours)
        {
            if (at > hour - Kept && at <= hour)
            {
                count += figures.Count;
                up += figures.Up;
            }
        }

        return count == 0 ? null : (double)up / count;
    }
}
