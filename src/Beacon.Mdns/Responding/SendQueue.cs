using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Multicast answers of one link, waiting for their moment: the random delay of shared answers, the second between two copies of one
/// record, and company, because one packet with five answers is better than five packets (RFC 6762 §6, §6.4).
/// </summary>
/// <remarks>Bounded by the number of our records: each is in here at most once.</remarks>
internal sealed class SendQueue(LinkState link, EngineCore core)
{
    private readonly List<PlannedAnswer> _planned = [];
    private readonly List<MdnsRecord> _sending = [];
    private int _sent;
    private long _resumeAt;
    private int _inBatch;
    private long _batchDue;
    private long _batchLimit;

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    /// <param name="due">Not before this, nor within the record's gap.</param>
    /// <param name="mayWait">The answer was delayed at random, so it may wait a little longer for others.</param>
    /// <param name="isDefence">It answers a probe: the shorter gap applies, and another's copy does not replace it.</param>
    public void Plan(MdnsRecord record, long now, long due, bool mayWait, bool isDefence)
    {
        ref var state = ref record.On(link);
        var gap = isDefence ? MdnsTimings.DefenceGap : MdnsTimings.RecordGap;
        var earliest = state.LastAnswered + gap.Ticks;
        if (earliest > due)
        {
            due = earliest;
            mayWait = false;
        }

        if (state.Planned != 0)
        {
            Hasten(state.Planned - 1, due, isDefence);
            return;
        }

        var inBatch = mayWait && JoinBatch(now, due);
        _planned.Add(new PlannedAnswer(record, due, inBatch, isDefence));
        state.Planned = _planned.Count;
        NextDue = Math.Min(NextDue, inBatch ? _batchDue : due);
    }

    /// <summary>Another responder just said it for us (RFC 6762 §7.4).</summary>
    public void Cancel(MdnsRecord record)
    {
        var position = record.On(link).Planned - 1;
        if (position >= 0 && !_planned[position].IsDefence)
        {
            RemoveAt(position);
        }
    }

    /// <summary>An announcement went out while an answer with the same record was waiting: whoever asked has heard it.</summary>
    public void OnSaid(MdnsRecord record)
    {
        var position = record.On(link).Planned - 1;
        if (position >= 0)
        {
            RemoveAt(position);
        }
    }

    public void OnTimer(long now)
    {
        if (NextDue > now)
        {
            return;
        }

        TakeDue(now);
        if (_sent < _sending.Count && _resumeAt <= now)
        {
            _sent = core.Responses.Answer(link, _sending, _sent, now);
            _resumeAt = now + MdnsTimings.BurstPause.Ticks;
        }

        if (_sent == _sending.Count)
        {
            _sending.Clear();
            _sent = 0;
            _resumeAt = 0;
        }

        Reschedule();
    }

    private bool JoinBatch(long now, long due)
    {
        if (_inBatch == 0)
        {
            _batchDue = due;
            _batchLimit = due + MdnsTimings.AggregationLimit.Ticks;
        }
        else if (due > _batchDue)
        {
            var postponed = Math.Min(due, _batchLimit);
            if (postponed < now + MdnsTimings.SharedDelayLeast.Ticks)
            {
                return false;
            }

            _batchDue = postponed;
        }
        else if (_batchDue < now + MdnsTimings.SharedDelayLeast.Ticks)
        {
            return false;
        }

        _inBatch++;
        return true;
    }

    private void Hasten(int position, long due, bool isDefence)
    {
        var planned = _planned[position];
        if (planned.InBatch && due < _batchDue)
        {
            _inBatch--;
            _planned[position] = planned with { Due = due, InBatch = false, IsDefence = isDefence || planned.IsDefence };
        }
        else if (!planned.InBatch && due < planned.Due)
        {
            _planned[position] = planned with { Due = due, IsDefence = isDefence || planned.IsDefence };
        }

        NextDue = Math.Min(NextDue, due);
    }

    private void TakeDue(long now)
    {
        var kept = 0;
        for (var at = 0; at < _planned.Count; at++)
        {
            var planned = _planned[at];
            if (planned.Record.Withdrawn || (planned.InBatch ? _batchDue : planned.Due) <= now)
            {
                _inBatch -= planned.InBatch ? 1 : 0;
                planned.Record.On(link).Planned = 0;
                _sending.Add(planned.Record);
                continue;
            }

            _planned[kept] = planned;
            planned.Record.On(link).Planned = ++kept;
        }

        _planned.RemoveRange(kept, _planned.Count - kept);
    }

    private void RemoveAt(int position)
    {
        var planned = _planned[position];
        planned.Record.On(link).Planned = 0;
        _inBatch -= planned.InBatch ? 1 : 0;
        var last = _planned.Count - 1;
        if (position != last)
        {
            _planned[position] = _planned[last];
            _planned[position].Record.On(link).Planned = position + 1;
        }

        _planned.RemoveAt(last);
    }

    private void Reschedule()
    {
        NextDue = _sending.Count > 0 ? _resumeAt : MdnsTimings.Idle;
        foreach (var planned in _planned)
        {
            NextDue = Math.Min(NextDue, planned.InBatch ? _batchDue : planned.Due);
        }
    }

    private readonly record struct PlannedAnswer(MdnsRecord Record, long Due, bool InBatch, bool IsDefence);
}
