namespace Beacon.Mdns.Loop;

/// <summary>
/// Tells when packets that are none of our business come so fast that waking up for each costs more than reading it. A millisecond's rest
/// then lets them come in by the dozen, as network cards do with their interrupts. Whoever asks us something meanwhile waits that long at
/// most, a tenth of what an answer may take (RFC 6762 §6); while we answer, there is no rest.
/// </summary>
/// <remarks>Owned by the engine's thread. Instants in ticks of <see cref="TimeSpan"/>.</remarks>
internal sealed class FloodGuard
{
    private long _windowBegan = MdnsTimings.Never;
    private int _idleTurns;

    /// <summary>To be told after each turn in which datagrams came.</summary>
    /// <param name="wasUseful">Something was sent, or is to be sent, because of them.</param>
    /// <returns>True when the next turn should be put off by <see cref="MdnsTimings.FloodRest"/>.</returns>
    public bool ShouldRest(bool wasUseful, long now)
    {
        if (wasUseful)
        {
            _windowBegan = MdnsTimings.Never;
            return false;
        }

        if (now - _windowBegan > MdnsTimings.FloodWindow.Ticks)
        {
            // Also when the flood ebbed: what came in this window decides about the next.
            _windowBegan = now;
            _idleTurns = 0;
        }

        return ++_idleTurns > MdnsLimits.IdleTurnsPerWindow;
    }
}
