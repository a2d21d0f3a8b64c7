using System.Net;
using System.Net.Sockets;
using Beacon.LoadTests.Lab;

namespace Beacon.LoadTests.Mdns;

/// <summary>The asker's sockets.</summary>
internal static class Group
{
    public const int Port = 5353;
    public const int LargestMessage = 9000;
    private const int ReceiveBuffer = 4 << 20;
    private const int TtlOfMdns = 255;
    private static readonly IPAddress Asker = IPAddress.Parse("10.89.1.2");

    public static IPEndPoint EndPoint { get; } = new(IPAddress.Parse("224.0.0.251"), Port);

    public static IPEndPoint Server { get; } = new(IPAddress.Parse(TwoHosts.ServerAddress), Port);

    /// <summary>A socket as a resolver library uses it: from a port of its own, so that answers come back by unicast (RFC 6762 §6.7).</summary>
    public static Socket Legacy() => Open(0);

    /// <summary>A socket as an mDNS stack uses it: from port 5353, member of the group.</summary>
    public static Socket Member()
    {
        var socket = Open(Port);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(EndPoint.Address, Asker));
        return socket;
    }

    private static Socket Open(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, Asker.GetAddressBytes());
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, TtlOfMdns);
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, false);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    }
}
