using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Beacon.Mdns.Transport;

/// <summary>Options of Linux sockets, by their kernel numbers: .NET has no names for most of them.</summary>
internal static class SocketOptions
{
    /// <summary>Everything mDNS sends has this TTL or hop limit, to the group and to one host (RFC 6762 §11).</summary>
    private const int HopLimit = 255;

    /// <summary>The usual 208 KiB hold 166 small packets; a network coming back after a power cut sends more at once.</summary>
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    /// <summary>Longest a full send queue may hold up the engine.</summary>
    private const int SendTimeoutMilliseconds = 100;

    private const int LevelSocket = 1;
    private const int ReuseAddress = 2;
    private const int ReusePort = 15;
    private const int MemoryInformation = 55;
    private const int DropsAt = 8;
    private const int LevelIPv4 = 0;
    private const int LevelIPv6 = 41;
    private const int IPv4Ttl = 2;
    private const int IPv4MulticastTtl = 33;
    private const int IPv4MulticastLoop = 34;
    private const int IPv4MulticastAll = 49;
    private const int IPv4UnicastInterface = 50;
    private const int IPv6UnicastHops = 16;
    private const int IPv6MulticastHops = 18;
    private const int IPv6MulticastLoop = 19;
    private const int IPv6Only = 26;
    private const int IPv6MulticastAll = 29;
    private const int IPv6UnicastInterface = 76;

    /// <summary>What every socket has. To be set before it is bound.</summary>
    public static void Prepare(Socket socket, int linkIndex)
    {
        Set(socket, LevelSocket, ReuseAddress, 1);
        socket.SendTimeout = SendTimeoutMilliseconds;
        TrySet(() => socket.ReceiveBufferSize = ReceiveBuffer);

        // Replies to one host leave where its question came in, also when two links have the same subnet.
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Set(socket, LevelIPv6, IPv6Only, 1);
            Set(socket, LevelIPv6, IPv6UnicastHops, HopLimit);
            Set(socket, LevelIPv6, IPv6MulticastHops, HopLimit);
            TrySet(() => Set(socket, LevelIPv6, IPv6UnicastInterface, IPAddress.HostToNetworkOrder(linkIndex)));
        }
        else
        {
            Set(socket, LevelIPv4, IPv4Ttl, HopLimit);
            Set(socket, LevelIPv4, IPv4MulticastTtl, HopLimit);
            TrySet(() => Set(socket, LevelIPv4, IPv4UnicastInterface, IPAddress.HostToNetworkOrder(linkIndex)));
        }
    }

    /// <summary>
    /// Binds beside whoever else is on the port. SO_REUSEADDR alone, as long as that is enough: Linux (measured on 6.18) spreads a
    /// group's datagrams over all sockets of that address that SO_REUSEPORT ties together, whatever interface each of them joined.
    /// </summary>
    public static void Bind(Socket socket, IPEndPoint local)
    {
        try
        {
            socket.Bind(local);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // Somebody shares by SO_REUSEPORT only. Datagrams that now and then seem to come from another link are better than none.
            Set(socket, LevelSocket, ReusePort, 1);
            socket.Bind(local);
        }
    }

    /// <summary>Joins the group on one interface and receives nothing that others on this host joined elsewhere.</summary>
    public static void Join(Socket socket, int linkIndex)
    {
        var group = MulticastGroup.On(linkIndex, socket.AddressFamily == AddressFamily.InterNetworkV6).Address;
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Since Linux 4.20; before, a group with link scope is told apart by the bound scope alone.
            TrySet(() => Set(socket, LevelIPv6, IPv6MulticastAll, 0));
            Set(socket, LevelIPv6, IPv6MulticastLoop, 1);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, linkIndex);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, linkIndex));
        }
        else
        {
            Set(socket, LevelIPv4, IPv4MulticastAll, 0);
            Set(socket, LevelIPv4, IPv4MulticastLoop, 1);
            socket.SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(linkIndex));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, linkIndex));
        }
    }

    /// <summary>SK_MEMINFO_DROPS of SO_MEMINFO (Linux 4.12); zero when refused or closed.</summary>
    public static uint Drops(Socket socket)
    {
        Span<uint> figures = stackalloc uint[DropsAt + 1];
        try
        {
            var length = socket.GetRawSocketOption(LevelSocket, MemoryInformation, MemoryMarshal.AsBytes(figures));
            return length == figures.Length * sizeof(uint) ? figures[DropsAt] : 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static void Set(Socket socket, int level, int option, int value) =>
        socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    /// <summary>For what makes things better but not possible: old kernels and sandboxes refuse some of it.</summary>
    private static void TrySet(Action set)
    {
        try
        {
            set();
        }
        catch (SocketException)
        {
            // Works without.
        }
    }
}
