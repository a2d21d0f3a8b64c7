using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// One claimant's search for a name nobody else has. When a minute of it has found none, something on the network answers for every name,
/// and the operator must hear of it (RFC 6762 §9). Owned by the engine's thread.
/// </summary>
internal sealed class NameSearch
{
    private long _since = MdnsTimings.Never;

    public void OnHeld() => _since = MdnsTimings.Never;

    /// <param name="tried">The name that was lost.</param>
    public void OnLost(string wanted, string tried, long now, ILogger log)
    {
        if (_since == MdnsTimings.Never)
        {
            _since = now;
        }
        else if (now - _since >= MdnsTimings.NoFreeNameAfter.Ticks)
        {
            _since = now;
            MdnsLog.NoFreeName(log, wanted, tried);
        }
    }
}
