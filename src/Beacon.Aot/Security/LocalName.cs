using System.Net;

namespace Beacon.Aot.Security;

/// <summary>Tells names that only the local network gives out from names anybody can register and point anywhere.</summary>
internal static class LocalName
{
    /// <summary>
    /// <c>.local</c> is multicast only (RFC 6762), <c>.localhost</c> the machine itself (RFC 6761), <c>.home.arpa</c> and <c>.internal</c> are
    /// set aside for private networks (RFC 8375, ICANN 2024); the others are what routers hand out and do not exist in the public root.
    /// </summary>
    private static readonly string[] Suffixes = [".local", ".localhost", ".home.arpa", ".internal", ".lan", ".home", ".localdomain"];

    /// <summary>An address, a name without a dot (a container, a machine), or a name below a local suffix.</summary>
    public static bool IsLocal(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(name, out _) || !name.Contains('.'))
        {
            return name.Length > 0;
        }

        foreach (var suffix in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
