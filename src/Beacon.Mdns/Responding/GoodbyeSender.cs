using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Tells one link that records are gone, so that nobody shows them until their lifetime ends (RFC 6762 §10.1). Only what the link
/// ever heard of is worth a goodbye.
/// </summary>
internal sealed class GoodbyeSender(LinkState link, EngineCore core)
{
    private readonly List<Wave> _waves = [];
    private Wave? _forming;

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    public bool IsIdle => _waves.Count == 0;

    public void Say(MdnsRecord record, long now)
    {
        if ((record.OnLink != MdnsRecord.AllLinks && record.OnLink != link.Index)
            || record.On(link).LastMulticast == MdnsTimings.Never)
        {
            return;
        }

        if (_forming is null)
        {
            _forming = new Wave(now + MdnsTimings.GoodbyeCoalescing.Ticks);
            _waves.Add(_forming);
            Reschedule();
        }

        _forming.Records.Add(record);
    }

    /// <summary>Nothing more will come to share packets with: the process is stopping and may not get another chance.</summary>
    public void SendNow(long now)
    {
        if (_forming is not null)
        {
            _forming.Due = now;
        }

        OnTimer(now);
    }

    public void OnTimer(long now)
    {
        for (var at = 0; at < _waves.Count; at++)
        {
            var wave = _waves[at];
            if (wave.Due > now)
            {
                continue;
            }

            if (wave == _forming)
            {
                _forming = null;
            }

            if (Send(wave, now))
            {
                _waves.RemoveAt(at--);
            }
        }

        Reschedule();
    }

    /// <summary>True when the last copy is out.</summary>
    private bool Send(Wave wave, long now)
    {
        if (wave.Next == 0)
        {
            wave.StartedAt = now;
        }

        wave.Next = core.Responses.Goodbye(link, wave.Records, wave.Next);
        if (wave.Next < wave.Records.Count)
        {
            wave.Due = now + MdnsTimings.BurstPause.Ticks;
            return false;
        }

        wave.Round++;
        wave.Next = 0;
        wave.Due = Math.Max(now, wave.StartedAt + MdnsTimings.GoodbyeRepeat.Ticks);
        return wave.Round == MdnsTimings.GoodbyeCopies;
    }

    private void Reschedule()
    {
        NextDue = MdnsTimings.Idle;
        foreach (var wave in _waves)
        {
            NextDue = Math.Min(NextDue, wave.Due);
        }
    }
}
