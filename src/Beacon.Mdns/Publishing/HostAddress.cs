using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>An address of a host and where it may be announced.</summary>
/// <param name="OnLink">Interface index, or <see cref="Records.MdnsRecord.AllLinks"/>.</param>
internal readonly record struct HostAddress(IPAddress Address, int OnLink);
