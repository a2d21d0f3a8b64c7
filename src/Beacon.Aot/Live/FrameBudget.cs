namespace Beacon.Aot.Live;

/// <summary>How many frames one client may still send: a bucket of <see cref="LiveLimits.FrameBurst"/> that fills again with time. One thread at a time.</summary>
internal sealed class FrameBudget(TimeProvider time)
{
    private double _left = LiveLimits.FrameBurst;
    private long _counted = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        var earned = time.GetElapsedTime(_counted, now).TotalSeconds * LiveLimits.FramesPerSecond;
        _counted = now;
        _left = Math.Min(LiveLimits.FrameBurst, _left + earned);
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
