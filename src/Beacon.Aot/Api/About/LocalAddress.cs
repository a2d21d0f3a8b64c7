using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Beacon.Aot.Api.About;

/// <summary>The address by which the local network most likely knows this machine.</summary>
internal static class LocalAddress
{
    private static readonly string[] VirtualPrefixes = ["docker", "br-", "veth", "cni", "virbr", "tailscale", "tun", "wg"];

    /// <summary>IPv4 first; interfaces of containers and tunnels last. Null on a machine without a network.</summary>
    public static (string Interface, IPAddress Address)? Primary()
    {
        (string Interface, IPAddress Address, int Rank)? best = null;
        foreach (var link in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (link.OperationalStatus is not (OperationalStatus.Up or OperationalStatus.Unknown)
                || link.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            {
                continue;
            }

            foreach (var address in link.GetIPProperties().UnicastAddresses.Select(x => x.Address))
            {
                var rank = Rank(link.Name, address);
                if (best is null || rank < best.Value.Rank)
                {
                    best = (link.Name, address, rank);
                }
            }
        }

        return best is { } found ? (found.Interface, found.Address) : null;
    }

    private static int Rank(string name, IPAddress address)
    {
        var rank = VirtualPrefixes.Any(x => name.StartsWith(x, StringComparison.Ordinal)) ? 4 : 0;
        rank += address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1;
        return rank + (address.IsIPv6LinkLocal ? 1 : 0);
    }
}
