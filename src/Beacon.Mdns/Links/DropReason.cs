namespace Beacon.Mdns.Links;

/// <summary>Why a datagram was not looked at, or not to its end.</summary>
public enum DropReason
{
    /// <summary>Shorter than a header, or neither query nor response (RFC 6762 §18.3, §18.11).</summary>
    NotUnderstood,

    /// <summary>Broken or cut off on the way; what came before the break was used.</summary>
    Damaged,

    /// <summary>Sent to our address from outside the link's subnets, or a response from another port than 5353 (RFC 6762 §5.5, §6, §11).</summary>
    NotFromThisLink,

    /// <summary>A response to our address that nobody had asked for (RFC 6762 §6).</summary>
    NotAskedFor,

    /// <summary>A plain resolver's query with records in it, or from an address that is no single host's (RFC 6762 §6.7).</summary>
    NoPlainQuery,
}
