using System.Diagnostics.CodeAnalysis;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>IFF_… of netdevice(7), those we look at.</summary>
[Flags]
[SuppressMessage("Usage", "CA2217", Justification = "Only some bits have a meaning here.")]
internal enum InterfaceFlags : uint
{
    None = 0,

    /// <summary>Switched on by the administrator.</summary>
    Up = 0x1,
    Loopback = 0x8,
    PointToPoint = 0x10,

    /// <summary>Able to carry packets: the cable is plugged.</summary>
    Running = 0x40,
    Multicast = 0x1000,
}
