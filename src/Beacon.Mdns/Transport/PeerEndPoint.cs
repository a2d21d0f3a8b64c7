using System.Net;

namespace Beacon.Mdns.Transport;

/// <summary>A host that talked to us, with its address in the kernel's form: answering it allocates nothing.</summary>
internal sealed class PeerEndPoint : IPEndPoint
{
    public PeerEndPoint(IPAddress address, int port)
        : base(address, port) => Serialised = Serialize();

    public SocketAddress Serialised { get; }
}
