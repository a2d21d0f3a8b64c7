using System.Net;

namespace Beacon.Mdns.Tests.Kit;

/// <param name="Destination">Null: to the group.</param>
internal sealed record SentPacket(TimeSpan At, int Link, bool IPv6, IPEndPoint? Destination, byte[] Bytes, DecodedMessage Message)
{
    public bool IsMulticast => Destination is null;
}
