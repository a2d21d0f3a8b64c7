using System.Net;

namespace Beacon.Mdns.Transport;

/// <summary>One network interface that mDNS runs on. IPv4 and IPv6 of one interface are one link (RFC 6762 §20).</summary>
/// <param name="Index">The kernel's interface index; a re-created interface has a new one.</param>
/// <param name="Mtu">Bytes, of the interface.</param>
/// <param name="Addresses">Usable addresses with their prefix lengths: IPv4, IPv6 global and link-local. Never empty, never tentative.</param>
public sealed record LinkInfo(int Index, string Name, int Mtu, bool HasIPv4, bool HasIPv6, IReadOnlyList<LinkAddress> Addresses);

/// <summary>One address of a link with the length of its on-link prefix in bits.</summary>
public readonly record struct LinkAddress(IPAddress Address, int PrefixLength);
