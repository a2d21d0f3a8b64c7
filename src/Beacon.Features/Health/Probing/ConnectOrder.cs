using System.Net;

namespace Beacon.Features.Health.Probing;

/// <summary>Where to connect for one check: an address that was judged.</summary>
/// <param name="AddressesLeft">This one included; the time is divided among them.</param>
internal sealed record ConnectOrder(IPEndPoint EndPoint, int AddressesLeft, ProbeSession Session);
