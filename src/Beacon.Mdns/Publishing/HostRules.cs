using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Links;

namespace Beacon.Mdns.Publishing;

/// <summary>Reads what clients write into the host field, from <c>10.77.1.50</c> to the output of <c>hostname -i</c>.</summary>
internal static class HostRules
{
    private const string Localhost = "localhost";
    private const string LocalDomain = "local";
    private static readonly char[] Blanks = [' ', '\t', ','];

    /// <param name="domain">The mDNS domain Beacon announces in; names under <c>.local</c> announce themselves in any case.</param>
    public static HostClaim Read(string host, string domain)
    {
        var text = host.Trim().TrimEnd('.');
        var parts = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return new HostClaim(HostKind.Unusable, "", []);
        }

        var addresses = new List<IPAddress>(parts.Length);
        foreach (var part in parts)
        {
            if (!TryReadAddress(part, out var address))
            {
                return parts.Length == 1 ? ReadName(text, domain) : new HostClaim(HostKind.Unusable, "", []);
            }

            AddUsable(addresses, address);
        }

        return addresses.Count == 0
            ? new HostClaim(HostKind.Unusable, "", [])
            : new HostClaim(HostKind.Addresses, "", addresses);
    }

    /// <summary>What of a look-up's answer other machines could use.</summary>
    public static IReadOnlyList<IPAddress> Usable(IReadOnlyList<IPAddress> found)
    {
        var addresses = new List<IPAddress>(found.Count);
        foreach (var address in found)
        {
            AddUsable(addresses, address);
        }

        return addresses;
    }

    private static HostClaim ReadName(string name, string domain)
    {
        var lower = name.ToLowerInvariant();
        if (lower == Localhost || lower.EndsWith("." + Localhost, StringComparison.Ordinal) || lower.Contains(':', StringComparison.Ordinal))
        {
            return new HostClaim(HostKind.Unusable, "", []);
        }

        var announcesItself = IsUnder(lower, LocalDomain) || IsUnder(lower, domain.ToLowerInvariant());
        return new HostClaim(announcesItself ? HostKind.SelfAnnouncing : HostKind.Unicast, lower, []);
    }

    private static bool IsUnder(string name, string domain) =>
        name.Length > domain.Length + 1 && name.EndsWith("." + domain, StringComparison.Ordinal);

    private static bool TryReadAddress(string text, out IPAddress address)
    {
        address = IPAddress.None;
        var bare = text.Length > 2 && text[0] == '[' && text[^1] == ']' ? text[1..^1] : text;

        // The framework reads "1" as 0.0.0.1; a host called "1" is a name.
        if (!IPAddress.TryParse(bare, out var parsed)
            || (parsed.AddressFamily == AddressFamily.InterNetwork && bare.AsSpan().Count('.') != 3))
        {
            return false;
        }

        address = AddressRules.Plain(parsed);
        return true;
    }

    private static void AddUsable(List<IPAddress> addresses, IPAddress address)
    {
        address = AddressRules.Plain(address);
        if (AddressRules.IsUseless(address) || addresses.Count == MdnsLimits.AddressesPerHost)
        {
            return;
        }

        foreach (var known in addresses)
        {
            if (AddressRules.Same(known, address))
            {
                return;
            }
        }

        addresses.Add(address);
    }
}
