using System.Text;

namespace Beacon.Registry.Services;

/// <summary>Which DNS-SD service type a registered type is announced as, without domain: <c>_mqtt._tcp</c>.</summary>
public static class MdnsServiceTypes
{
    /// <summary>RFC 6335 §5.1: a service name has at most 15 characters, not counting the underscore.</summary>
    public const int MaxName = 15;

    /// <summary>Bytes of a subtype: one label of a DNS name.</summary>
    public const int MaxSubtype = 63;

    /// <summary>Subtypes of one service.</summary>
    public const int MaxSubtypes = 8;

    private const char SubtypeMark = ',';
    private const string Tcp = "._tcp";
    private const string Udp = "._udp";
    private const string Fallback = "http";

    /// <summary>
    /// The names the earlier implementation gave, for anything else the type itself made legal (RFC 6335 §5.1); a literal such as
    /// <c>_printer._tcp</c> is taken as it is. UDP when the protocol says so (RFC 6763 §7).
    /// </summary>
    public static string For(string type, string protocol)
    {
        if (IsValid(type))
        {
            return type.ToLowerInvariant();
        }

        var lower = type.ToLowerInvariant();
        var name = lower switch
        {
            "api" or "web" => "http",
            "database" => "db",
            "message_queue" => "mq",
            _ => Sanitise(lower),
        };
        return "_" + name + (protocol.Equals("udp", StringComparison.OrdinalIgnoreCase) ? Udp : Tcp);
    }

    /// <summary>The type without the subtypes that may follow it: <c>_ipp._tcp</c> of <c>_ipp._tcp,_printer</c>.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = text.IndexOf(SubtypeMark, StringComparison.Ordinal);
        return mark < 0 ? text : text[..mark];
    }

    /// <summary>Narrower kinds the service is found under as well (RFC 6763 §7.1), in the order written.</summary>
    public static IReadOnlyList<string> Subtypes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(SubtypeMark, StringComparison.Ordinal) ? text.Split(SubtypeMark)[1..] : [];
    }

    /// <summary>
    /// A type, and behind commas up to eight subtypes of any characters but dots, 63 bytes each and no two alike:
    /// <c>_ipp._tcp,_printer</c>, as Bonjour's tools write it.
    /// </summary>
    public static bool IsValidWithSubtypes(string? text)
    {
        if (text is null || !IsValid(Plain(text)))
        {
            return false;
        }

        var subtypes = Subtypes(text);
        for (var i = 0; i < subtypes.Count; i++)
        {
            if (!IsSubtype(subtypes[i]))
            {
                return false;
            }

            for (var before = 0; before < i; before++)
            {
                if (subtypes[i].Equals(subtypes[before], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
        }

        return subtypes.Count <= MaxSubtypes;
    }

    /// <summary>
    /// <c>_name._tcp</c> or <c>_name._udp</c>; the name is 1 to 15 letters, digits and hyphens with at least one letter, begins and ends
    /// with a letter or digit and has no two hyphens in a row (RFC 6335 §5.1).
    /// </summary>
    public static bool IsValid(string? text)
    {
        if (text is null
            || text.Length < "_x._tcp".Length
            || text[0] != '_'
            || !(text.EndsWith(Tcp, StringComparison.OrdinalIgnoreCase) || text.EndsWith(Udp, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        return IsName(text.AsSpan(1, text.Length - 1 - Tcp.Length));
    }

    private static bool IsSubtype(string text) =>
        text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= MaxSubtype && text.AsSpan().IndexOfAny('.', '\\') < 0;

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxName || name[0] == '-' || name[^1] == '-')
        {
            return false;
        }

        var hasLetter = false;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (!char.IsAsciiLetterOrDigit(c) && (c != '-' || name[i - 1] == '-'))
            {
                return false;
            }

            hasLetter |= char.IsAsciiLetter(c);
        }

        return hasLetter;
    }

    private static string Sanitise(string lower)
    {
        Span<char> name = stackalloc char[MaxName];
        var length = 0;
        var hasLetter = false;
        foreach (var c in lower)
        {
            if (length == MaxName)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                name[length++] = c;
                hasLetter |= char.IsAsciiLetter(c);
            }
            else if (length > 0 && name[length - 1] != '-')
            {
                name[length++] = '-';
            }
        }

        while (length > 0 && name[length - 1] == '-')
        {
            length--;
        }

        return hasLetter ? new string(name[..length]) : Fallback;
    }
}
