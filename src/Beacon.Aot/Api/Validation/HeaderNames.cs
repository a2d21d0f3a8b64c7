using System.Buffers;

namespace Beacon.Aot.Api.Validation;

/// <summary>Names of HTTP headers that a registration may have sent along with its checks.</summary>
internal static class HeaderNames
{
    /// <summary>RFC 9110 §5.6.2: tchar.</summary>
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>They frame the message, belong to one connection, or would lead to another host than the one that was allowed.</summary>
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Expect", "Keep-Alive",
    };

    public static bool MayBeChosen(string name) =>
        name.Length > 0
        && !name.AsSpan().ContainsAnyExcept(TokenCharacters)
        && !Refused.Contains(name)
        && !name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);
}
