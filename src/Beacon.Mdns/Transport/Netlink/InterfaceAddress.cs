using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>One address of an interface, usable or not.</summary>
internal readonly record struct InterfaceAddress(IPAddress Address, int PrefixLength, AddressFlags Flags)
{
    /// <summary>
    /// May it be announced and sent from? Not while another host may have it. Privacy addresses are left out: they change daily, and
    /// each such interface has a lasting one.
    /// </summary>
    public bool IsUsable
    {
        get
        {
            if ((Flags & (AddressFlags.Duplicate | AddressFlags.Deprecated)) != 0
                || (Flags & (AddressFlags.Tentative | AddressFlags.Optimistic)) == AddressFlags.Tentative)
            {
                return false;
            }

            return Address.AddressFamily == AddressFamily.InterNetwork || (Flags & AddressFlags.Temporary) == 0;
        }
    }
}
