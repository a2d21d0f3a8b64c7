using Beacon.Mdns.Links;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Unicast answers of one link that wait for their random delay. Bounded in answers and in their records: who finds it full gets no answer
/// and asks again.
/// </summary>
internal sealed class ReplyQueue(LinkState link, EngineCore core)
{
    private readonly PriorityQueue<PendingReply, long> _waiting = new();
    private readonly Stack<PendingReply> _spare = new();
    private int _records;

    public long NextDue => _waiting.TryPeek(out _, out var due) ? due : MdnsTimings.Idle;

    public PendingReply Rent() => _spare.TryPop(out var reply) ? reply : new PendingReply();

    public void Return(PendingReply reply)
    {
        // A reply that once held thousands of records keeps room for them.
        if (_spare.Count < MdnsLimits.SpareReplies || reply.Answers.Capacity <= MdnsLimits.SpareReplyRecords)
        {
            reply.Clear();
            _spare.Push(reply);
        }
    }

    /// <summary>Takes the reply over and sends it when it is due, at once if it is.</summary>
    public void Send(PendingReply reply, long now)
    {
        if (!link.Unicast.TryTake(reply.Destination.Address, now))
        {
            link.Counters.Withheld++;
            MdnsMetrics.Withheld();
            DefendBeforeAll(reply, now);
            Return(reply);
        }
        else if (reply.Due <= now)
        {
            SendNow(reply, now);
        }
        else if (_waiting.Count == MdnsLimits.PendingReplies || _records + reply.Answers.Count > MdnsLimits.PendingRecords)
        {
            Return(reply);
        }
        else
        {
            _waiting.Enqueue(reply, reply.Due);
            _records += reply.Answers.Count;
        }
    }

    public void OnTimer(long now)
    {
        while (_waiting.TryPeek(out var reply, out var due) && due <= now)
        {
            _waiting.Dequeue();
            _records -= reply.Answers.Count;
            SendNow(reply, now);
        }
    }

    /// <summary>A flood must not cost us a name: what one host may not have any more, everybody may, once every 250 ms.</summary>
    private void DefendBeforeAll(PendingReply reply, long now)
    {
        if (!reply.IsDefence)
        {
            return;
        }

        foreach (var record in reply.Answers)
        {
            link.Answers.Plan(record, now, now, mayWait: false, isDefence: true);
        }
    }

    private void SendNow(PendingReply reply, long now)
    {
        // More than one asker should get: everybody may have the rest, at a pace the network can bear (RFC 6762 §5.4 leaves us the choice).
        for (var rest = core.Responses.Reply(link, reply); rest < reply.Answers.Count; rest++)
        {
            link.Answers.Plan(reply.Answers[rest], now, now, mayWait: false, isDefence: false);
        }

        Return(reply);
    }
}
