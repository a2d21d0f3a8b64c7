namespace Beacon.Mdns.Transport;

/// <summary>
/// Turns bursts of notices into one look at the interfaces: half a second after the last notice, so that addresses that come one by
/// one are announced together. Without any notice it looks now and then all the same.
/// </summary>
/// <param name="time">Source of all instants.</param>
/// <param name="slow">Longest time without a look; the net below lost notices, or the only way where there are none.</param>
internal sealed class ChangeDebounce(TimeProvider time, TimeSpan slow)
{
    /// <summary>Shorter shows addresses sooner and announces more often while an interface comes up.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    /// <summary>Notices that never stop must not put the look off for ever.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private long _lookedAt = time.GetTimestamp();
    private long? _firstNotice;
    private long _lastNotice;

    /// <summary>Until the next look; zero when it is due.</summary>
    public TimeSpan Wait
    {
        get
        {
            var wait = slow - time.GetElapsedTime(_lookedAt);
            if (_firstNotice is { } first)
            {
                wait = Least(wait, Least(Quiet - time.GetElapsedTime(_lastNotice), Longest - time.GetElapsedTime(first)));
            }

            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    public void Notice()
    {
        _lastNotice = time.GetTimestamp();
        _firstNotice ??= _lastNotice;
    }

    public void Looked()
    {
        _lookedAt = time.GetTimestamp();
        _firstNotice = null;
    }

    private static TimeSpan Least(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
