namespace Beacon.Mdns.Transport.Netlink;

/// <summary>One interface as the kernel has it, wanted for mDNS or not.</summary>
internal sealed record InterfaceState(
    int Index, string Name, InterfaceFlags Flags, int Mtu, IReadOnlyList<InterfaceAddress> Addresses)
{
    public bool IsUp => (Flags & (InterfaceFlags.Up | InterfaceFlags.Running)) == (InterfaceFlags.Up | InterfaceFlags.Running);
}
