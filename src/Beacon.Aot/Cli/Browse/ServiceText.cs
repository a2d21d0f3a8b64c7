using System.Net;
using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Cli.Browse;

/// <summary>Parts of what is printed for people.</summary>
internal static class ServiceText
{
    /// <summary>A link-local address is of use only with its interface, which people know by name.</summary>
    public static string Address(IPAddress address, string onInterface) =>
        address.IsIPv6LinkLocal ? $"{new IPAddress(address.GetAddressBytes())}%{onInterface}" : address.ToString();

    public static string Addresses(IReadOnlyList<IPAddress> addresses, string onInterface) =>
        addresses.Count == 0 ? "no address" : string.Join(' ', addresses.Select(x => Address(x, onInterface)));

    public static string HostAndPort(BrowsedService service) =>
        service.Host.Length == 0 ? "nobody says where" : $"{service.Host}:{service.Port}";

    /// <summary>Values with spaces in quotes, so that one sees where each begins and ends.</summary>
    public static string Txt(BrowsedService service) => string.Join(' ', service.Txt.Select(x =>
        x.Value is null ? x.Key : x.Value.Contains(' ', StringComparison.Ordinal) ? $"{x.Key}=\"{x.Value}\"" : $"{x.Key}={x.Value}"));
}
