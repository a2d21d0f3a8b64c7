using System.Net;
using Beacon.Mdns.Responding;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Links;

/// <summary>
/// One interface in use: its IPv4 and IPv6 sides are one link with one state (RFC 6762 §20). Owned by the engine's thread.
/// </summary>
internal sealed class LinkState
{
    public LinkState(int slot, LinkInfo info, EngineCore core)
    {
        Slot = slot;
        Info = info;
        Prober = new Prober(this, core);
        Announcer = new Announcer(this, core);
        Goodbyes = new GoodbyeSender(this, core);
        Answers = new SendQueue(this, core);
        Replies = new ReplyQueue(this, core);
        Truncated = new TruncatedQueries();
        Unicast = new UnicastBudget(core.UnicastAnswersPerSecond);
    }

    /// <summary>Small number that indexes per-link state of names and records; used again after the link is gone.</summary>
    public int Slot { get; }

    public LinkInfo Info { get; set; }

    public int Index => Info.Index;

    public Prober Prober { get; }

    public Announcer Announcer { get; }

    public GoodbyeSender Goodbyes { get; }

    /// <summary>Multicast answers waiting for their moment.</summary>
    public SendQueue Answers { get; }

    /// <summary>Unicast answers waiting for theirs.</summary>
    public ReplyQueue Replies { get; }

    public TruncatedQueries Truncated { get; }

    public LinkCounters Counters { get; } = new();

    /// <summary>Of unicast answers sent on this link.</summary>
    public UnicastBudget Unicast { get; }

    /// <summary>When we last asked for a unicast answer here; answers that come by unicast at another time are nobody's answers (RFC 6762 §6).</summary>
    public long AskedForUnicastAt { get; set; } = MdnsTimings.Never;

    /// <summary>Bytes of one packet. The same packet goes out on both families, so the smaller one counts.</summary>
    public int Payload => PayloadOf(Info);

    public long NextDue => Math.Min(
        Math.Min(Math.Min(Prober.NextDue, Announcer.NextDue), Math.Min(Goodbyes.NextDue, Answers.NextDue)),
        Math.Min(Replies.NextDue, Truncated.NextDue));

    public static int PayloadOf(LinkInfo info) => info.HasIPv6
        ? Math.Clamp(info.Mtu - MdnsLimits.HeadersIPv6, MdnsLimits.PayloadLeast, MdnsLimits.PayloadIPv6)
        : Math.Clamp(info.Mtu - MdnsLimits.HeadersIPv4, MdnsLimits.PayloadLeast, MdnsLimits.PayloadIPv4);

    public bool IsOneHost(IPAddress address) => AddressRules.IsOneHost(Info, AddressRules.Plain(address));

    public bool IsOnLink(IPAddress address) => AddressRules.IsOnLink(Info, AddressRules.Plain(address));
}
