namespace Beacon.Mdns.Transport.Netlink;

/// <summary>IFA_F_… of rtnetlink(7), those we look at.</summary>
[Flags]
internal enum AddressFlags : uint
{
    None = 0,

    /// <summary>IPv6: a privacy address that will be replaced. IPv4: a further address of the same subnet.</summary>
    Temporary = 0x01,

    /// <summary>Usable while duplicate detection still runs.</summary>
    Optimistic = 0x04,
    Duplicate = 0x08,
    Deprecated = 0x20,
    Tentative = 0x40,
}
