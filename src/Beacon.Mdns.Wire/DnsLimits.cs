namespace Beacon.Mdns.Wire;

/// <summary>Every number of the message format this folder relies on, with where it comes from. Lengths in bytes.</summary>
public static class DnsLimits
{
    /// <summary>Identifier, flags and four counts (RFC 1035 §4.1.1).</summary>
    public const int HeaderLength = 12;

    /// <summary>Longest label without its length byte (RFC 1035 §3.1).</summary>
    public const int LabelLength = 63;

    /// <summary>Longest name as it is sent: 255 bytes and the terminating zero. RFC 6762 Appendix C counts one more than RFC 1035 does.</summary>
    public const int NameLength = 256;

    /// <summary>Most labels in one name, the root not counted: each takes two bytes at least.</summary>
    public const int Labels = (NameLength - 1) / 2;

    /// <summary>Most pointers followed for one name: one before each label and one before the root. More can only be an attack.</summary>
    public const int Pointers = Labels + 1;

    /// <summary>A compression pointer: two set bits and a 14-bit offset (RFC 1035 §4.1.4).</summary>
    public const int PointerLength = 2;

    /// <summary>First offset a pointer cannot express (RFC 1035 §4.1.4).</summary>
    public const int PointerReach = 0x4000;

    /// <summary>Type and class after a question's name (RFC 1035 §4.1.2).</summary>
    public const int QuestionTail = 4;

    /// <summary>Type, class, TTL and RDLENGTH after a record's owner name (RFC 1035 §4.1.3).</summary>
    public const int RecordTail = 10;

    /// <summary>Longest message: UDP and RDLENGTH both count with 16 bits. mDNS stops at 9000 with headers (RFC 6762 §17).</summary>
    public const int MessageLength = ushort.MaxValue;

    /// <summary>An IPv4 address (RFC 1035 §3.4.1).</summary>
    public const int IPv4Length = 4;

    /// <summary>An IPv6 address (RFC 3596 §2.2).</summary>
    public const int IPv6Length = 16;

    /// <summary>Priority, weight and port before an SRV record's target (RFC 2782).</summary>
    public const int SrvFixedPart = 6;

    /// <summary>Longest string of a TXT record without its length byte (RFC 1035 §3.3).</summary>
    public const int TxtStringLength = 255;

    /// <summary>Window number and length before each bitmap of an NSEC record (RFC 4034 §4.1.2).</summary>
    public const int NsecWindowHeader = 2;

    /// <summary>Longest bitmap of one window: 256 types (RFC 4034 §4.1.2).</summary>
    public const int NsecBitmapLength = 32;

    /// <summary>Serial, refresh, retry, expire and minimum after an SOA record's two names (RFC 1035 §3.3.13).</summary>
    public const int SoaTail = 20;

    /// <summary>The preference or sub-type before the name of MX, AFSDB, RT, KX and PX (RFC 1035 §3.3.9, RFC 1183, 2163, 2230).</summary>
    public const int PreferenceLength = 2;
}
