using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Beacon.Client.Discovery;

/// <summary>A socket that asks over one interface, from a port of its own.</summary>
internal sealed class MulticastLink : IDisposable
{
    public const int Port = 5353;
    private const int MaxLinks = 32;
    private const int HopLimit = 255;

    private readonly Socket _socket;
    private readonly IPEndPoint _group;
    private readonly IPEndPoint _anybody;

    private MulticastLink(Socket socket, IPEndPoint group, IPEndPoint anybody)
    {
        _socket = socket;
        _group = group;
        _anybody = anybody;
    }

    /// <summary>One for each interface and address family that has an address. Those that cannot multicast are left out.</summary>
    public static List<MulticastLink> OpenAll()
    {
        var links = new List<MulticastLink>();
        foreach (var one in NetworkInterface.GetAllNetworkInterfaces().Where(one => one.SupportsMulticast))
        {
            var properties = one.GetIPProperties();
            var families = properties.UnicastAddresses.Select(address => address.Address.AddressFamily).Distinct();
            links.AddRange(families.Select(family => TryOpen(properties, family)).OfType<MulticastLink>().Take(MaxLinks - links.Count));
        }

        return links;
    }

    public async Task TrySendAsync(byte[] datagram, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendToAsync(datagram, SocketFlags.None, _group, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // Down, or without a way: another interface will do.
        }
    }

    public ValueTask<SocketReceiveFromResult> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken) =>
        _socket.ReceiveFromAsync(buffer, SocketFlags.None, _anybody, cancellationToken);

    public void Dispose() => _socket.Dispose();

    private static MulticastLink? TryOpen(IPInterfaceProperties properties, AddressFamily family)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            if (family == AddressFamily.InterNetwork)
            {
                var index = properties.GetIPv4Properties().Index;
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(index));
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
                socket.Bind(new IPEndPoint(IPAddress.Any, 0));
                return new MulticastLink(socket, new IPEndPoint(IPAddress.Parse("224.0.0.251"), Port), new IPEndPoint(IPAddress.Any, 0));
            }

            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, properties.GetIPv6Properties().Index);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, HopLimit);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            return new MulticastLink(socket, new IPEndPoint(IPAddress.Parse("ff02::fb"), Port), new IPEndPoint(IPAddress.IPv6Any, 0));
        }
        catch (Exception error) when (error is SocketException or NetworkInformationException)
        {
            socket?.Dispose();
            return null;
        }
    }
}
