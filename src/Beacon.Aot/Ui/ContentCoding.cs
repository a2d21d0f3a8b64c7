using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Beacon.Aot.Ui;

/// <summary>Which form of a file goes over the wire (RFC 9110 §12.5.3). The forms were made when the dashboard was built.</summary>
internal sealed record ContentCoding(string Name, string Suffix)
{
    public static readonly ContentCoding Identity = new("identity", "");

    public static readonly ContentCoding Gzip = new("gzip", ".gz");

    /// <summary>The smallest first. No brotli: browsers offer it over TLS and on localhost only.</summary>
    public static readonly IReadOnlyList<ContentCoding> Packed = [Gzip];

    /// <summary>The smallest form the client takes among those there are.</summary>
    public static ContentCoding Choose(StringValues acceptEncoding, Func<ContentCoding, bool> isThere)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var accepted))
        {
            return Identity;
        }

        foreach (var coding in Packed)
        {
            if (isThere(coding) && accepted.Any(x => x.Quality is not 0 && x.Value.Equals(coding.Name, StringComparison.OrdinalIgnoreCase)))
            {
                return coding;
            }
        }

        return Identity;
    }
}
