using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Beacon.Features.Health.Targets;

/// <summary>Ranges of addresses as an operator writes them: <c>192.168.0.0/16, fd00::/8, 10.0.0.7</c>.</summary>
public static class AddressRanges
{
    /// <summary>Bits below the prefix are ignored; an address alone is a range of one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPNetwork? range)
    {
        ArgumentNullException.ThrowIfNull(text);
        range = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            return false;
        }

        var longest = address.GetAddressBytes().Length * 8;
        var length = longest;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out length) || length > longest))
        {
            return false;
        }

        range = new IPNetwork(Masked(address, length), length);
        return true;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var at = 0; at < bytes.Length; at++)
        {
            var kept = Math.Clamp(length - (at * 8), 0, 8);
            bytes[at] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}
