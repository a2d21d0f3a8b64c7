using System.Net;

namespace Beacon.Mdns.Transport;

/// <summary>Where mDNS is spoken (RFC 6762 §3), and how large a datagram may be (§17).</summary>
internal static class MulticastGroup
{
    public const int Port = 5353;

    /// <summary>Larger datagrams are dropped unread.</summary>
    public const int LargestDatagram = 9000;

    public static readonly IPAddress IPv4 = new([224, 0, 0, 251]);

    /// <summary>Without a scope; sockets need it with the interface's index.</summary>
    private static readonly byte[] IPv6Bytes = [0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFB];

    public static IPEndPoint On(int linkIndex, bool ipv6) =>
        ipv6 ? new IPEndPoint(new IPAddress(IPv6Bytes, linkIndex), Port) : new IPEndPoint(IPv4, Port);
}
