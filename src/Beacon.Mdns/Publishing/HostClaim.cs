using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>The host of a service as registered, understood.</summary>
/// <param name="Name">Lower case, without a final dot; empty unless the host is a name.</param>
/// <param name="Addresses">In the order given, without repeats; empty unless the host is made of addresses.</param>
internal readonly record struct HostClaim(HostKind Kind, string Name, IReadOnlyList<IPAddress> Addresses);
