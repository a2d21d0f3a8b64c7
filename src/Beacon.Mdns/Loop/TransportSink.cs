using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Loop;

/// <summary>The engine's way out to the sockets.</summary>
internal sealed class TransportSink(IMulticastTransport transport) : IDatagramSink
{
    public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => transport.SendToGroup(linkIndex, ipv6, datagram);

    public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        transport.SendTo(linkIndex, destination, datagram);
}
