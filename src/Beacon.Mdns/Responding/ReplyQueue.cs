using Beacon.Mdns.Links;

namespace Beacon.Mdns.Responding;

/// <summary>Unicast answers of one link that wait for their random delay. Bounded: who finds it full gets no answer and asks again.</summary>
internal sealed class ReplyQueue(LinkState link, EngineCore core)
{
    private readonly PriorityQueue<PendingReply, long> _waiting = new();
    private readonly Stack<PendingReply> _spare = new();

    public long NextDue => _waiting.TryPeek(out _, out var due) ? due : MdnsTimings.Idle;

    public PendingReply Rent() => _spare.TryPop(out var reply) ? reply : new PendingReply();

    public void Return(PendingReply reply)
    {
        reply.Clear();
        _spare.Push(reply);
    }

    /// <summary>Takes the reply over and sends it when it is due, at once if it is.</summary>
    public void Send(PendingReply reply, long now)
    {
        if (reply.Due <= now)
        {
            core.Responses.Reply(link, reply);
            Return(reply);
        }
        else if (_waiting.Count == MdnsLimits.PendingReplies)
        {
            Return(reply);
        }
        else
        {
            _waiting.Enqueue(reply, reply.Due);
        }
    }

    public void OnTimer(long now)
    {
        while (_waiting.TryPeek(out var reply, out var due) && due <= now)
        {
            _waiting.Dequeue();
            core.Responses.Reply(link, reply);
            Return(reply);
        }
    }
}
