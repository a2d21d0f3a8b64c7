using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Transport;

/// <summary>One socket of one link.</summary>
/// <param name="ToGroup">Bound to the group, so that no unicast datagram of another responder on this host ends here; else bound to one of our addresses.</param>
internal sealed record LinkSocket(LinkInfo Link, Socket Socket, IPEndPoint Bound, bool ToGroup) : IDisposable
{
    /// <summary>The same as <see cref="Bound"/>, ready for the kernel: sending to the group allocates nothing.</summary>
    public SocketAddress BoundAddress { get; } = Bound.Serialize();

    public bool IsIPv6 => Socket.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Datagrams the system threw away because the receive buffer was full. Zero where the system does not tell. Any thread.</summary>
    public long Dropped => SocketOptions.Drops(Socket);

    /// <summary>For receiving and sending the group's datagrams. One membership per socket: the system allows twenty.</summary>
    /// <exception cref="SocketException">The interface is gone, or the system refuses.</exception>
    public static LinkSocket OpenGroup(LinkInfo link, bool ipv6)
    {
        var group = MulticastGroup.On(link.Index, ipv6);
        return Open(link, group, toGroup: true);
    }

    /// <summary>For datagrams sent to one of our addresses. Only when no other responder runs here: of two such sockets one starves.</summary>
    /// <exception cref="SocketException">The address is gone, or the system refuses.</exception>
    public static LinkSocket OpenUnicast(LinkInfo link, IPAddress address) =>
        Open(link, new IPEndPoint(address, MulticastGroup.Port), toGroup: false);

    public void Dispose() => Socket.Dispose();

    private static LinkSocket Open(LinkInfo link, IPEndPoint bound, bool toGroup)
    {
        var socket = new Socket(bound.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            SocketOptions.Prepare(socket, link.Index);
            SocketOptions.Bind(socket, bound);
            if (toGroup)
            {
                SocketOptions.Join(socket, link.Index);
            }

            return new LinkSocket(link, socket, bound, toGroup);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
