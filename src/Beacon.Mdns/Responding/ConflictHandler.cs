using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Somebody else uses a name of ours (RFC 6762 §9). A name we hold is asked for again first, because the other host may be gone or
/// mistaken; a name we are asking for is lost.
/// </summary>
internal sealed class ConflictHandler(EngineCore core)
{
    private readonly Queue<long> _recent = new();
    private long _stormLoggedAt = MdnsTimings.Never;
    private long _lastConflictAt = MdnsTimings.Never;
    private bool _isStorm;

    public void OnConflict(OwnedName name, LinkState link, IPAddress source, long now)
    {
        core.LastConflict = new ForeignClaim(name.Name, link.Info.Name, source, name.IsHeldOn(link), now);
        Count(now);
        if (name.IsHeldOn(link))
        {
            MdnsLog.NameContested(core.Log, WireName.ToText(name.Name), link.Info.Name);
            link.Prober.StartAt(name, now + Pause(now));
            return;
        }

        core.Metrics.Conflict();
        MdnsLog.NameLost(core.Log, WireName.ToText(name.Name), link.Info.Name);
        name.Claimant?.OnLost(name, now);
    }

    /// <summary>
    /// Extra wait before the next attempt: nothing usually, five seconds from the fifteenth conflict within ten seconds on until ten
    /// seconds have passed without one. Counted over all names, so that new names do not start the count afresh (RFC 6762 §8.1).
    /// </summary>
    public long Pause(long now)
    {
        if (!_isStorm || _lastConflictAt + MdnsTimings.ConflictStormWindow.Ticks < now)
        {
            _isStorm = false;
            return 0;
        }

        if (now - _stormLoggedAt >= TimeSpan.TicksPerMinute)
        {
            _stormLoggedAt = now;
            MdnsLog.ConflictStorm(core.Log, _recent.Count);
        }

        return MdnsTimings.ConflictStormPause.Ticks;
    }

    private void Count(long now)
    {
        _lastConflictAt = now;
        _recent.Enqueue(now);
        while (_recent.Count > MdnsTimings.ConflictStormCount || _recent.Peek() + MdnsTimings.ConflictStormWindow.Ticks < now)
        {
            _recent.Dequeue();
        }

        _isStorm |= _recent.Count == MdnsTimings.ConflictStormCount;
    }
}
