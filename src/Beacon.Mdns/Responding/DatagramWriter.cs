using System.Net;
using Beacon.Mdns.Links;

namespace Beacon.Mdns.Responding;

/// <summary>The engine's one send buffer and the way out. Owned by the engine's thread.</summary>
internal sealed class DatagramWriter(IDatagramSink sink, MdnsMetrics metrics)
{
    public byte[] Buffer { get; } = new byte[MdnsLimits.LargestMessage];

    /// <summary>To the group, on every family the link has (RFC 6762 §20).</summary>
    public void Multicast(LinkState link, int length)
    {
        var datagram = Buffer.AsSpan(0, length);
        if (link.Info.HasIPv4)
        {
            sink.SendToGroup(link.Index, ipv6: false, datagram);
            Count(link);
        }

        if (link.Info.HasIPv6)
        {
            sink.SendToGroup(link.Index, ipv6: true, datagram);
            Count(link);
        }
    }

    public void Unicast(LinkState link, IPEndPoint destination, int length)
    {
        sink.SendTo(link.Index, destination, Buffer.AsSpan(0, length));
        Count(link);
    }

    private void Count(LinkState link)
    {
        link.Counters.Sent++;
        metrics.Sent();
    }
}
