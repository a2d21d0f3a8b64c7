using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>Tells one link of new and changed records without being asked: at once, after one second and after three (RFC 6762 §8.3, §8.4).</summary>
internal sealed class Announcer(LinkState link, EngineCore core)
{
    private readonly PriorityQueue<Wave, long> _waves = new();
    private Wave? _forming;

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    /// <summary>Everything a name stands for: what points to it, then what it holds.</summary>
    public void Announce(OwnedName name, long now)
    {
        foreach (var pointer in name.Pointers)
        {
            Announce(pointer, now);
        }

        foreach (var record in name.Records)
        {
            Announce(record, now);
        }
    }

    public void Announce(MdnsRecord record, long now)
    {
        if (record.OnLink != MdnsRecord.AllLinks && record.OnLink != link.Index)
        {
            return;
        }

        if (_forming is null || _forming.Due != now)
        {
            _forming = new Wave(now);
            Enqueue(_forming);
        }

        if (record.InWave != _forming)
        {
            record.InWave = _forming;
            _forming.Records.Add(record);
        }
    }

    public void OnTimer(long now)
    {
        while (_waves.TryPeek(out var wave, out var due) && due <= now)
        {
            _waves.Dequeue();
            if (wave == _forming)
            {
                _forming = null;
            }

            Send(wave, now);
        }

        NextDue = _waves.TryPeek(out _, out var next) ? next : MdnsTimings.Idle;
    }

    private void Send(Wave wave, long now)
    {
        if (wave.Next == 0)
        {
            wave.StartedAt = now;
        }

        // What was on the wire within the last second waits for the next round, also in the first one: a name asked for again after a
        // conflict comes back sooner than that.
        var notSince = now - MdnsTimings.RecordGap.Ticks;
        wave.Next = core.Responses.Announce(link, wave.Records, wave.Next, notSince, now);
        if (wave.Next < wave.Records.Count)
        {
            wave.Due = now + MdnsTimings.BurstPause.Ticks;
            Enqueue(wave);
            return;
        }

        if (wave.Round < MdnsTimings.AnnouncementGaps.Length)
        {
            wave.Due = wave.StartedAt + MdnsTimings.AnnouncementGaps[wave.Round].Ticks;
            wave.Round++;
            wave.Next = 0;
            Enqueue(wave);
        }
    }

    private void Enqueue(Wave wave)
    {
        _waves.Enqueue(wave, wave.Due);
        NextDue = Math.Min(NextDue, wave.Due);
    }
}
