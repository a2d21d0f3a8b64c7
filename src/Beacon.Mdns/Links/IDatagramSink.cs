using System.Net;

namespace Beacon.Mdns.Links;

/// <summary>Where the engine's datagrams go. The bytes are only valid during the call.</summary>
internal interface IDatagramSink
{
    void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram);

    void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram);
}
