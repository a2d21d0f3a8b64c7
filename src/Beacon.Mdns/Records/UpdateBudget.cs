namespace Beacon.Mdns.Records;

/// <summary>Token bucket of one name: at most ten updates of a record a minute go out (RFC 6762 §8.4).</summary>
internal sealed class UpdateBudget
{
    private double _tokens = MdnsTimings.UpdateBurst;
    private long _countedAt = MdnsTimings.Never;

    /// <summary>True while the name waits in the schedule of updates.</summary>
    public bool IsPending { get; set; }

    /// <summary>When the next update may go out.</summary>
    public long NextFree(long now)
    {
        Refill(now);
        return _tokens >= 1 ? now : now + (long)((1 - _tokens) * MdnsTimings.UpdateRefill.Ticks) + 1;
    }

    public void Take(long now)
    {
        Refill(now);
        _tokens -= 1;
    }

    private void Refill(long now)
    {
        if (_countedAt != MdnsTimings.Never)
        {
            var earned = (double)(now - _countedAt) / MdnsTimings.UpdateRefill.Ticks;
            _tokens = Math.Min(MdnsTimings.UpdateBurst, _tokens + earned);
        }

        _countedAt = now;
    }
}
