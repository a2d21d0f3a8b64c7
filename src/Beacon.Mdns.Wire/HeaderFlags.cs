namespace Beacon.Mdns.Wire;

/// <summary>Bits of the header's second word (RFC 1035 §4.1.1, RFC 6762 §18.2–18.11).</summary>
public static class HeaderFlags
{
    public const ushort Response = 0x8000;
    public const ushort OpcodeMask = 0x7800;
    public const ushort Authoritative = 0x0400;

    /// <summary>In a query: more known answers follow (RFC 6762 §7.2).</summary>
    public const ushort Truncated = 0x0200;
    public const ushort RecursionDesired = 0x0100;
    public const ushort ResponseCodeMask = 0x000F;

    /// <summary>All of a multicast query's flags.</summary>
    public const ushort MulticastQuery = 0;

    /// <summary>All of a multicast response's flags.</summary>
    public const ushort MulticastResponse = Response | Authoritative;

    internal const int OpcodeShift = 11;
}
