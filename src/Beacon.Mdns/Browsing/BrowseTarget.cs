using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Browsing;

/// <summary>What is looked for, made from what a person typed.</summary>
public sealed class BrowseTarget
{
    private const string ReverseIPv4 = "in-addr.arpa";
    private const string ReverseIPv6 = "ip6.arpa";
    private const int HexDigits = 2;

    private static readonly SearchValues<char> ServiceCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private BrowseTarget(BrowseKind kind, string text, byte[] name)
    {
        Kind = kind;
        Text = text;
        Name = name;
    }

    public BrowseKind Kind { get; }

    /// <summary>As it will be asked for, for messages.</summary>
    public string Text { get; }

    /// <summary>Null unless an address was given.</summary>
    internal IPAddress? Address { get; private init; }

    /// <summary>Uncompressed wire form of the name that is asked for first.</summary>
    internal byte[] Name { get; }

    /// <summary>Every type that is announced in the domain (RFC 6763 §9).</summary>
    /// <param name="domain">A domain already checked, for example <c>local</c>.</param>
    public static BrowseTarget Everything(string domain) => Make(BrowseKind.Everything, ServiceName.ListOfTypes + "." + domain)!;

    /// <summary>
    /// <c>http</c>, <c>_http._tcp</c>, <c>_http._tcp.local</c> or a subtype, <c>_printer._sub._http._tcp</c>. Null when it is no type.
    /// </summary>
    public static BrowseTarget? ForType(string text, string domain)
    {
        ArgumentNullException.ThrowIfNull(text);
        var type = text.TrimEnd('.');
        if (!type.Contains('.', StringComparison.Ordinal))
        {
            type = (type.StartsWith('_') ? type : "_" + type) + "._tcp";
        }

        var labels = type.Split('.');
        var transport = Array.FindIndex(labels, ServiceName.IsTransport);
        if (transport is not (1 or 3) || !labels[..transport].All(IsServiceLabel) || (transport == 3 && labels[1] != "_sub"))
        {
            return null;
        }

        return Make(BrowseKind.Type, transport == labels.Length - 1 ? type + "." + domain : type);
    }

    /// <summary>
    /// An instance with its type (<c>Office Printer._ipp._tcp</c>, dots in the first part need no escape), a host name or an address. Null
    /// when it is none of them.
    /// </summary>
    public static BrowseTarget? ForName(string text, string domain)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPAddress.TryParse(text, out var address))
        {
            return WireName.TryParse(ReverseName(address), out var reverse)
                ? new BrowseTarget(BrowseKind.Address, text, reverse) { Address = address }
                : null;
        }

        var name = text.TrimEnd('.');
        var typeAt = TypeIn(name);
        if (typeAt > 0)
        {
            return ForInstance(name[..typeAt], name[(typeAt + 1)..], domain);
        }

        return Make(BrowseKind.Host, name.Contains('.', StringComparison.Ordinal) ? name : name + "." + domain);
    }

    private static BrowseTarget? ForInstance(string label, string rest, string domain)
    {
        var last = rest.Split('.').Length == 2 ? rest + "." + domain : rest;
        if (label.Contains('\\', StringComparison.Ordinal))
        {
            return Make(BrowseKind.Instance, label + "." + last);
        }

        if (Encoding.UTF8.GetByteCount(label) > MdnsLimits.Label || !WireName.TryParse(last, out var type))
        {
            return null;
        }

        var name = (byte[])[(byte)Encoding.UTF8.GetByteCount(label), .. Encoding.UTF8.GetBytes(label), .. type];
        return WireName.IsValid(name) ? new BrowseTarget(BrowseKind.Instance, WireName.ToText(name), name) : null;
    }

    /// <summary>Where the dot before the last "_type._tcp" is; -1 when there is none.</summary>
    private static int TypeIn(string name)
    {
        for (var at = name.LastIndexOf("._", StringComparison.Ordinal); at > 0; at = name.LastIndexOf("._", at - 1, StringComparison.Ordinal))
        {
            var labels = name[(at + 1)..].Split('.');
            if (labels.Length > 1 && ServiceName.IsTransport(labels[1]))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>An underscore, then letters, digits and hyphens (RFC 6335 §5.1); of any length a label may have.</summary>
    private static bool IsServiceLabel(string label) =>
        label.Length > 1 && label[0] == '_' && label.AsSpan(1).IndexOfAnyExcept(ServiceCharacters) < 0;

    private static string ReverseName(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Reverse(bytes);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Join('.', bytes) + "." + ReverseIPv4
            : string.Join('.', bytes.SelectMany(x => x.ToString("x2", null).Reverse()).Take(bytes.Length * HexDigits)) + "." + ReverseIPv6;
    }

    private static BrowseTarget? Make(BrowseKind kind, string text) =>
        WireName.TryParse(text, out var name) ? new BrowseTarget(kind, WireName.ToText(name), name) : null;
}
