using System.Globalization;
using System.Text;

namespace Beacon.Mdns.Publishing;

/// <summary>From a service's name to the one label it is announced under (RFC 6763 §4.1.1), and to the next one after a conflict.</summary>
internal static class InstanceNames
{
    private const string Nameless = "Service";

    /// <summary>Composed form, without control characters, at most 63 bytes. What was registered is otherwise kept as it is.</summary>
    public static string FromServiceName(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in NormalFormC.Compose(name).EnumerateRunes())
        {
            if (!Rune.IsControl(rune))
            {
                text.Append(rune.ToString());
            }
        }

        var label = Utf8Text.Cut(text.ToString(), MdnsLimits.Label);
        return label.Length == 0 ? Nameless : label;
    }

    /// <summary><c>Name</c> → <c>Name (2)</c> → <c>Name (3)</c>: the number stays, the text before it gives way (RFC 6762 §9).</summary>
    public static string Next(string label)
    {
        var text = label;
        var number = 2;
        var open = label.LastIndexOf(" (", StringComparison.Ordinal);
        if (open > 0 && label[^1] == ')'
            && int.TryParse(label.AsSpan(open + 2, label.Length - open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var old)
            && old is > 1 and < int.MaxValue)
        {
            text = label[..open];
            number = old + 1;
        }

        var suffix = string.Create(CultureInfo.InvariantCulture, $" ({number})");
        return Utf8Text.Cut(text, MdnsLimits.Label - suffix.Length) + suffix;
    }
}
