using System.Net;

namespace Beacon.Mdns.Transport;

/// <summary>Sends and receives mDNS datagrams; the only seam that tests replace.</summary>
public interface IMulticastTransport : IAsyncDisposable
{
    /// <summary>The links in use now; a new list after each change.</summary>
    IReadOnlyList<LinkInfo> Links { get; }

    /// <summary>True when another responder on this host holds port 5353 (RFC 6762 §15.1).</summary>
    bool SharesPort { get; }

    /// <summary>Raised on a thread of the transport's own after <see cref="Links"/> changed.</summary>
    event Action? LinksChanged;

    /// <summary>Opens sockets and starts to receive. <paramref name="receive"/> is called on receive threads, one datagram at a time per socket; the span is only valid during the call.</summary>
    void Start(DatagramReceived receive);

    /// <summary>To the group, on one link and family. A failing link is counted and logged at most once a minute, never thrown.</summary>
    void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram);

    /// <summary>To one address, from that link.</summary>
    void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram);
}

/// <param name="toGroup">True when the datagram was addressed to the multicast group.</param>
public delegate void DatagramReceived(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram);
