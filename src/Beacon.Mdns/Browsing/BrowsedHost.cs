using System.Net;

namespace Beacon.Mdns.Browsing;

/// <summary>A host name and its addresses, as known on one interface.</summary>
/// <param name="Name">Escaped as DNS writes it. What an alias leads to when the name asked for is one.</param>
/// <param name="Addresses">IPv4 first; IPv6 link-local ones carry the interface as scope.</param>
public sealed record BrowsedHost(string Interface, string Name, IReadOnlyList<IPAddress> Addresses)
{
    public bool Equals(BrowsedHost? other) =>
        other is not null && Interface == other.Interface && Name == other.Name && Addresses.SequenceEqual(other.Addresses);

    public override int GetHashCode() => HashCode.Combine(Interface, Name);
}
