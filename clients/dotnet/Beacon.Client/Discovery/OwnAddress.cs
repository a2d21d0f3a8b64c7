using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Beacon.Client.Discovery;

/// <summary>Under which address others find this machine.</summary>
internal static class OwnAddress
{
    private const string ThisMachine = "0.0.0.0";

    /// <summary>The one the system would send from; nothing is sent.</summary>
    public static async Task<string> TowardsAsync(Uri place, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = IPAddress.TryParse(place.DnsSafeHost, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(place.DnsSafeHost, cancellationToken).ConfigureAwait(false);
            foreach (var address in addresses.Where(one => !IPAddress.IsLoopback(one)))
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                await socket.ConnectAsync(address, place.Port, cancellationToken).ConfigureAwait(false);
                if (socket.LocalEndPoint is IPEndPoint { Address: var own } && !IPAddress.IsLoopback(own))
                {
                    return Written(own);
                }
            }
        }
        catch (SocketException)
        {
            // No such name, or no way there: one of this machine's addresses is as good as any.
        }

        return Outside() is { } outside ? Written(outside) : ThisMachine;
    }

    private static IPAddress? Outside() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .Where(one => !IPAddress.IsLoopback(one) && !one.IsIPv6LinkLocal)
            .OrderBy(one => one.AddressFamily == AddressFamily.InterNetworkV6)
            .FirstOrDefault();

    private static string Written(IPAddress address) =>
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString().Split('%')[0];
}
