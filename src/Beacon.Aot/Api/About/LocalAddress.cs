using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Beacon.Aot.Api.About;

/// <summary>The address by which the local network most likely knows this machine.</summary>
internal static class LocalAddress
{
    private static readonly string[] VirtualPrefixes = ["docker", "br-", "veth", "cni", "virbr", "tailscale", "tun", "wg"];

    /// <summary>IPv4 first; interfaces of containers and tunnels last. Null on a machine without a network, or where it cannot be told.</summary>
    public static (string Interface, IPAddress Address)? Primary()
    {
        try
        {
            return Best(NetworkInterface.GetAllNetworkInterfaces());
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            // The framework reads /etc/resolv.conf on the way, which is missing, or a link to nowhere, where systemd-resolved was switched off.
            return null;
        }
    }

    /// <summary>Names of this machine's interfaces; none where they cannot be told, see <see cref="Primary"/>.</summary>
    public static IReadOnlyList<string> InterfaceNames()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Select(x => x.Name)];
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (string Interface, IPAddress Address)? Best(NetworkInterface[] links)
    {
        (string Interface, IPAddress Address, int Rank)? best = null;
        foreach (var link in links)
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
