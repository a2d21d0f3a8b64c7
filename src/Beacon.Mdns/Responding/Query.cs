using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>The query being answered: who asks, how, and which of our records answer it. One object, reused for every query.</summary>
internal sealed class Query
{
    public LinkState Link { get; private set; } = null!;

    public IPEndPoint Source { get; private set; } = new(IPAddress.Any, 0);

    /// <summary>From a port other than 5353: the asker is no mDNS host (RFC 6762 §6.7).</summary>
    public bool IsLegacy { get; private set; }

    /// <summary>Sent to our address instead of the group: answered like a question for a unicast answer (§5.5).</summary>
    public bool IsDirect { get; private set; }

    /// <summary>Proposes records in its Authority section: somebody wants a name (§8.1).</summary>
    public bool IsProbe { get; set; }

    /// <summary>The random wait is over already: it was spent on the packets that followed (§7.2).</summary>
    public bool HasWaited { get; private set; }

    public int Questions { get; set; }

    public bool HasShared { get; private set; }

    /// <summary>More than this cannot be told: what is found beyond is left out, and the answer says that it is truncated.</summary>
    public int MostAnswers { get; set; }

    public bool IsFull => Candidates.Count >= MostAnswers;

    /// <summary>Rises with each query; records remember who chose or knows them by it.</summary>
    public int Number { get; private set; }

    public List<Candidate> Candidates { get; } = [];

    public PendingReply Reply { get; private set; } = null!;

    public void Begin(LinkState link, IPEndPoint source, bool toGroup, bool hasWaited)
    {
        Link = link;
        Source = source;
        IsLegacy = source.Port != MdnsLimits.Port;
        IsDirect = !toGroup;
        IsProbe = false;
        HasWaited = hasWaited;
        Questions = 0;
        HasShared = false;
        MostAnswers = int.MaxValue;
        Number++;
        Candidates.Clear();
        Reply = link.Replies.Rent();
        Reply.Destination = source;
        Reply.IsLegacy = IsLegacy;
    }

    /// <summary>
    /// Is this the first time the query asks for a set others share in? A type may have thousands of pointers, and one packet room for as
    /// many questions.
    /// </summary>
    public bool IsFirst(OwnedName shared, bool wantsUnicast)
    {
        if (shared.AskedBy == Number || (wantsUnicast && shared.AskedUnicastBy == Number))
        {
            return false;
        }

        if (wantsUnicast)
        {
            shared.AskedUnicastBy = Number;
        }
        else
        {
            shared.AskedBy = Number;
        }

        return true;
    }

    public void Choose(MdnsRecord record, bool wantsUnicast, bool isDefence)
    {
        HasShared |= !record.IsUnique;
        if (record.ChosenBy != Number)
        {
            record.ChosenBy = Number;
            record.ChosenAt = Candidates.Count;
            Candidates.Add(new Candidate(record, wantsUnicast, isDefence));
            return;
        }

        if (!wantsUnicast)
        {
            // Asked for twice, once for everybody: multicast serves both.
            Candidates[record.ChosenAt] = Candidates[record.ChosenAt] with { WantsUnicast = false };
        }
    }

    public readonly record struct Candidate(MdnsRecord Record, bool WantsUnicast, bool IsDefence);
}
