using System.Net;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Tests.Transport.Support;

/// <summary>Interfaces as the kernel would describe them.</summary>
internal static class Interfaces
{
    public const InterfaceFlags Ethernet = InterfaceFlags.Up | InterfaceFlags.Running | InterfaceFlags.Multicast;

    public static InterfaceState Make(int index, string name, InterfaceFlags flags, params string[] addresses) =>
        new(index, name, flags, 1500, [.. addresses.Select(text => Address(text, AddressFlags.None))]);

    public static InterfaceAddress Address(string text, AddressFlags flags)
    {
        var parts = text.Split('/');
        return new InterfaceAddress(IPAddress.Parse(parts[0]), int.Parse(parts[1]), flags);
    }
}
