using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Beacon.Features.Health.Probing;

/// <summary>Where a check goes, read as the connection will be made: what is judged is what is used.</summary>
/// <param name="Host">Lower case, without brackets and final dot.</param>
/// <param name="Literal">The host when it is an address, in whatever notation; null for a name.</param>
internal sealed record CheckUrl(Uri Uri, CheckScheme Scheme, string Host, int Port, IPAddress? Literal)
{
    private const string SchemeEnd = "://";

    public bool IsSecure => Scheme == CheckScheme.Https;

    /// <summary>Scheme, host and port: headers meant for one origin are not sent to another.</summary>
    public bool HasOriginOf(CheckUrl other) => Scheme == other.Scheme && Host == other.Host && Port == other.Port;

    public static bool TryParse(string? text, [NotNullWhen(true)] out CheckUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            problem = "is not a complete URL such as http://192.168.1.20:8080/health";
            return false;
        }

        return TryRead(uri, out url, out problem);
    }

    /// <summary>A redirect's target, which may be relative.</summary>
    public bool TryFollow(Uri location, [NotNullWhen(true)] out CheckUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        problem = "is no URL";
        return Uri.TryCreate(Uri, location, out var next) && TryRead(next, out url, out problem);
    }

    /// <summary>For logs: without user, password and query, where people keep secrets.</summary>
    public static string Masked(string? text)
    {
        if (text is null)
        {
            return "";
        }

        var end = text.IndexOfAny(['?', '#']);
        var shown = end < 0 ? text : text[..end] + "?…";
        var start = shown.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (start < 0)
        {
            // No URL at all: nothing says which part of it is a secret.
            return "…";
        }

        start += SchemeEnd.Length;
        var path = shown.AsSpan(start).IndexOfAny('/', '\\', '?');
        var authority = path < 0 ? shown.AsSpan(start) : shown.AsSpan(start, path);
        var at = authority.LastIndexOf('@');
        return at < 0 ? shown : string.Concat(shown.AsSpan(0, start), "…", shown.AsSpan(start + at));
    }

    private static bool TryRead(Uri uri, [NotNullWhen(true)] out CheckUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        problem = null;
        CheckScheme? scheme = uri.Scheme switch
        {
            "http" => CheckScheme.Http,
            "https" => CheckScheme.Https,
            "tcp" => CheckScheme.Tcp,
            _ => null,
        };
        if (scheme is not { } known)
        {
            problem = $"begins with {uri.Scheme}:, and only http, https and tcp can be checked";
            return false;
        }

        if (uri.UserInfo.Length > 0)
        {
            problem = "holds a user or password: send them as an Authorization header instead";
            return false;
        }

        var host = uri.IdnHost.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            problem = "names no host";
            return false;
        }

        if (uri.Port <= 0)
        {
            problem = known == CheckScheme.Tcp && uri.Port < 0 ? "names no port, and tcp has none of its own" : "names port 0, where nothing listens";
            return false;
        }

        url = new CheckUrl(uri, known, host, uri.Port, Read(host));
        return true;
    }

    /// <summary>Also 2130706433 and 0x7f.1, which the system's resolver would take for addresses.</summary>
    private static IPAddress? Read(string host) =>
        IPAddress.TryParse(host, out var address)
            ? address.IsIPv4MappedToIPv6 && address.AddressFamily == AddressFamily.InterNetworkV6 ? address.MapToIPv4() : address
            : null;
}
