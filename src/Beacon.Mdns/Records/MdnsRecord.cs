using Beacon.Mdns.Links;
using Beacon.Mdns.Responding;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Records;

/// <summary>
/// One record we answer with. Its data never changes: new data is a new record, so that what was sent under the old one is not
/// mistaken for it. Owned by the engine's thread.
/// </summary>
internal sealed class MdnsRecord
{
    /// <summary>Valid on every link.</summary>
    public const int AllLinks = 0;

    private RecordLinkState[] _links = [];

    public required OwnedName Owner { get; init; }

    public required RecordType Type { get; init; }

    /// <summary>Uncompressed form.</summary>
    public required byte[] Rdata { get; init; }

    /// <summary>Seconds.</summary>
    public required uint Ttl { get; init; }

    /// <summary>For a PTR to an instance: that instance's name, which must be held before the pointer is given away.</summary>
    public OwnedName? Gate { get; init; }

    /// <summary>Interface index of the only link this record is valid on, or <see cref="AllLinks"/> (RFC 6762 §14).</summary>
    public int OnLink { get; init; } = AllLinks;

    /// <summary>True once it was taken out: queues that still hold it pass over it.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>Place in its name's list, so that taking one of ten thousand pointers out costs nothing.</summary>
    public int Position { get; set; }

    /// <summary>Number of the query that chose this record as a candidate; saves a set per query.</summary>
    public int ChosenBy { get; set; }

    /// <summary>Its place among that query's candidates.</summary>
    public int ChosenAt { get; set; }

    /// <summary>Number of the query whose asker knows this record already.</summary>
    public int KnownBy { get; set; }

    /// <summary>Number of the burst this record is an answer in.</summary>
    public int InBurst { get; set; }

    /// <summary>Number of the packet this record was written to.</summary>
    public int InPacket { get; set; }

    /// <summary>No other host may answer for it, so caches replace what they hold (RFC 6762 §10.2).</summary>
    public bool IsUnique => Owner.IsUnique;

    /// <summary>The announcement it was added to last: one wave carries it once, however many services ask for that.</summary>
    public Wave? InWave { get; set; }

    /// <summary>May it be given away on this link now: still ours, valid there, its name claimed?</summary>
    public bool IsAnswerable(LinkState link) =>
        !Withdrawn
        && (OnLink == AllLinks || OnLink == link.Index)
        && (!Owner.IsUnique || Owner.IsHeldOn(link))
        && (Gate is null || Gate.IsHeldOn(link));

    public ref RecordLinkState On(LinkState link)
    {
        if (link.Slot >= _links.Length)
        {
            Grow(link.Slot + 1);
        }

        return ref _links[link.Slot];
    }

    /// <summary>A link slot is about to be used for another interface.</summary>
    public void Forget(int slot)
    {
        if (slot < _links.Length)
        {
            _links[slot] = Fresh;
        }
    }

    private static RecordLinkState Fresh => new()
    {
        LastAnswered = MdnsTimings.Never,
        LastMulticast = MdnsTimings.Never,
        LastDefended = MdnsTimings.Never,
    };

    private void Grow(int length)
    {
        var old = _links.Length;
        Array.Resize(ref _links, length);
        _links.AsSpan(old).Fill(Fresh);
    }
}
