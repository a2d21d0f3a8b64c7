using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// Labels of hosts Beacon owns: letters, digits and hyphens only. Made from nothing but the host itself, so that two Beacons that
/// announce the same host say the same.
/// </summary>
internal static class HostNames
{
    private const string Prefix = "beacon-";
    private const int HashBytes = 4;
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary><c>beacon-10-77-1-50</c>. Further addresses are folded into a suffix: another set of addresses is another host.</summary>
    public static string FromAddresses(IReadOnlyList<IPAddress> addresses)
    {
        var label = Prefix + Dashed(addresses[0]);
        if (addresses.Count == 1)
        {
            return label;
        }

        var hash = FnvOffset;
        foreach (var address in addresses)
        {
            foreach (var part in address.GetAddressBytes())
            {
                hash = (hash ^ part) * FnvPrime;
            }
        }

        return label + "-" + hash.ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <summary><c>nas.lan</c> → <c>beacon-nas-lan</c>.</summary>
    public static string FromUnicastName(string name) => Sanitise(Prefix + name);

    /// <summary>Anything to one legal label; empty input gives <c>beacon</c>.</summary>
    public static string Sanitise(string text)
    {
        var label = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                label.Append(character);
            }
            else if (label.Length > 0 && label[^1] != '-')
            {
                label.Append('-');
            }
        }

        if (label.Length > MdnsLimits.Label)
        {
            // Two long names that differ at the end must not meet.
            var hash = FnvOffset;
            foreach (var character in text)
            {
                hash = (hash ^ character) * FnvPrime;
            }

            label.Length = MdnsLimits.Label - (2 * HashBytes) - 1;
            label.Append('-').Append(hash.ToString("x8", CultureInfo.InvariantCulture));
        }

        var trimmed = label.ToString().TrimEnd('-');
        return trimmed.Length == 0 ? "beacon" : trimmed;
    }

    /// <summary><c>beacon</c> → <c>beacon-2</c> → <c>beacon-3</c>.</summary>
    /// <param name="plain">The label before any conflict: numbers that belong to it (an address) are not counted up.</param>
    public static string Next(string plain, string current)
    {
        var number = 2;
        if (current != plain
            && int.TryParse(
                current.AsSpan(current.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var old)
            && old is > 1 and < int.MaxValue)
        {
            number = old + 1;
        }

        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return plain.Length + suffix.Length <= MdnsLimits.Label
            ? plain + suffix
            : plain[..(MdnsLimits.Label - suffix.Length)].TrimEnd('-') + suffix;
    }

    private static string Dashed(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var text = new StringBuilder();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            foreach (var part in bytes)
            {
                text.Append(text.Length > 0 ? "-" : "").Append(part);
            }

            return text.ToString();
        }

        for (var at = 0; at < bytes.Length; at += 2)
        {
            var group = (bytes[at] << 8) | bytes[at + 1];
            text.Append(text.Length > 0 ? "-" : "").Append(group.ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
