using Beacon.Mdns.Links;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Status;

/// <summary>One interface in use, at one instant.</summary>
/// <param name="Dropped">By <see cref="DropReason"/>.</param>
/// <param name="Withheld">Unicast answers that were not given because their asker, or the link, had its share.</param>
/// <param name="Names">How many names are in each <see cref="NameState"/>, in its order.</param>
public sealed record LinkPicture(
    LinkInfo Info, long Received, long Sent, IReadOnlyList<long> Dropped, long Withheld, IReadOnlyList<int> Names);
