using System.Buffers;
using System.Net.Http.Headers;

namespace Beacon.Features.Health.Probing;

/// <summary>Which headers a check may send, and putting them on a request.</summary>
public static class CheckHeaders
{
    /// <summary>Characters of a token (RFC 9110 §5.6.2).</summary>
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>They belong to the connection and to the length of the message; another word about those lets one request look like two.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Meant for a proxy, and there is none.</summary>
    private const string OfProxies = "Proxy-";

    /// <summary>A name that may be sent.</summary>
    public static bool IsValidName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Token) && !Reserved.Contains(name)
            && !name.StartsWith(OfProxies, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>No control characters but the tab: a line break would begin another header.</summary>
    public static bool IsValidValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var character in value)
        {
            if (char.IsControl(character) && character != '\t')
            {
                return false;
            }
        }

        return true;
    }

    internal static void Apply(IReadOnlyList<KeyValuePair<string, string>> headers, HttpRequestHeaders target)
    {
        foreach (var (name, value) in headers)
        {
            // What is stored was checked when it came; what was stored otherwise is not sent.
            if (IsValidName(name) && IsValidValue(value))
            {
                target.Remove(name);
                target.TryAddWithoutValidation(name, value);
            }
        }
    }
}
