using Beacon.Mdns.Links;

namespace Beacon.Mdns.Responding;

/// <summary>Unicast answers of one link that wait for their random delay. Bounded: who finds it full gets no answer and asks again.</summary>
internal sealed class ReplyQueue(LinkState link, EngineCore core)
{
    private readonly List<PendingReply> _waiting = [];
    private readonly Stack<PendingReply> _spare = new();

    public long NextDue { get; private set; } = MdnsTimings.Idle;

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
            _waiting.Add(reply);
            NextDue = Math.Min(NextDue, reply.Due);
        }
    }

    public void OnTimer(long now)
    {
        NextDue = MdnsTimings.Idle;
        for (var at = 0; at < _waiting.Count; at++)
        {
            var reply = _waiting[at];
            if (reply.Due > now)
            {
                NextDue = Math.Min(NextDue, reply.Due);
                continue;
            }

            _waiting.RemoveAt(at--);
            core.Responses.Reply(link, reply);
            Return(reply);
        }
    }
}
