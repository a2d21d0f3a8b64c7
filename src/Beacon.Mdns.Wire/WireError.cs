namespace Beacon.Mdns.Wire;

/// <summary>Why bytes were refused.</summary>
public enum WireError : byte
{
    None,

    /// <summary>The bytes end before what they announce.</summary>
    Truncated,

    /// <summary>A label whose two top bits are 01 or 10 (RFC 1035 §4.1.4).</summary>
    BadLabel,

    /// <summary>A pointer into the header, forward, to itself, or one too many.</summary>
    BadPointer,

    /// <summary>More than <see cref="DnsLimits.NameLength"/> bytes without compression.</summary>
    NameTooLong,

    /// <summary>Data of a known type that does not end where its length says, or is not of its type's shape.</summary>
    BadRdata,
}
