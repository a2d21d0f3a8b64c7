using System.Net.Sockets;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Transport;

/// <summary>Chooses the interfaces mDNS runs on.</summary>
/// <param name="wanted">Names or globs that override every rule but "is up and has an address"; null for the rules alone.</param>
internal sealed class InterfaceFilter(IReadOnlyList<string>? wanted)
{
    /// <summary>
    /// Bridges, tunnels and host ends of containers and virtual machines: nobody beyond them is on this network, and announcing there
    /// has made other responders rename themselves in circles.
    /// </summary>
    private static readonly string[] Unwanted =
    [
        "docker*", "br-*", "veth*", "cni*", "podman*", "nerdctl*", "flannel*", "cali*", "cilium*", "kube*", "lxc*", "lxdbr*", "incus*",
        "virbr*", "vnet*", "tap*", "tun*", "utun*", "ppp*", "wg*", "zt*", "tailscale*",
    ];

    /// <summary>The usable ones in rising order of index, each with its usable addresses.</summary>
    public IReadOnlyList<LinkInfo> Choose(IReadOnlyList<InterfaceState> interfaces)
    {
        var links = new List<LinkInfo>();
        foreach (var state in interfaces)
        {
            if (state.IsUp && IsWanted(state) && ToLink(state) is { } link)
            {
                links.Add(link);
            }
        }

        return links;
    }

    private bool IsWanted(InterfaceState state)
    {
        if (wanted is not null)
        {
            return MatchesAny(wanted, state.Name);
        }

        const InterfaceFlags Judged = InterfaceFlags.Multicast | InterfaceFlags.Loopback | InterfaceFlags.PointToPoint;
        return (state.Flags & Judged) == InterfaceFlags.Multicast && !MatchesAny(Unwanted, state.Name);
    }

    private static bool MatchesAny(IReadOnlyList<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (Glob.Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    private static LinkInfo? ToLink(InterfaceState state)
    {
        var addresses = new List<LinkAddress>();
        var (hasIPv4, hasIPv6) = (false, false);
        foreach (var address in state.Addresses)
        {
            if (address.IsUsable)
            {
                addresses.Add(new LinkAddress(address.Address, address.PrefixLength));
                hasIPv4 |= address.Address.AddressFamily == AddressFamily.InterNetwork;
                hasIPv6 |= address.Address.AddressFamily == AddressFamily.InterNetworkV6;
            }
        }

        return addresses.Count == 0 ? null : new LinkInfo(state.Index, state.Name, state.Mtu, hasIPv4, hasIPv6, addresses);
    }
}
