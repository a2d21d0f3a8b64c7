using System.Net;

namespace Beacon.Mdns.Browsing;

/// <summary>One service instance as it is known on one interface. Texts from the network have control characters escaped.</summary>
/// <param name="FullName">Escaped as DNS writes it (RFC 1035 §5.1): what <c>beacon resolve</c> takes.</param>
/// <param name="Instance">The first label, as people read it.</param>
/// <param name="Type">For example <c>_http._tcp</c>.</param>
/// <param name="Host">Empty as long as nobody said where it is.</param>
/// <param name="Addresses">IPv4 first; IPv6 link-local ones carry the interface as scope. Empty when none was heard.</param>
/// <param name="Txt">In the order of the record; of keys said twice the first counts (RFC 6763 §6.4).</param>
public sealed record BrowsedService(
    string Interface,
    string FullName,
    string Instance,
    string Type,
    string Domain,
    string Host,
    int Port,
    IReadOnlyList<IPAddress> Addresses,
    IReadOnlyList<TxtPair> Txt)
{
    /// <summary>Host, port and at least one address are known.</summary>
    public bool IsResolved => Host.Length > 0 && Addresses.Count > 0;

    public bool Equals(BrowsedService? other) =>
        other is not null && Interface == other.Interface && FullName == other.FullName && Host == other.Host && Port == other.Port
        && Addresses.SequenceEqual(other.Addresses) && Txt.SequenceEqual(other.Txt);

    public override int GetHashCode() => HashCode.Combine(Interface, FullName, Host, Port);
}
