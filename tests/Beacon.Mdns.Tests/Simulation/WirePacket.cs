using System.Net;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>One datagram as it was sent. Taken apart once, however many hosts hear it.</summary>
/// <param name="Destination">Null: to the group.</param>
internal sealed record WirePacket(long At, Port From, bool IPv6, IPEndPoint Source, IPEndPoint? Destination, byte[] Bytes)
{
    public DecodedMessage Message => field ??= new DecodedMessage(Bytes);
}
