using Microsoft.Extensions.Primitives;

namespace Beacon.Aot.Security;

/// <summary>
/// Which web pages may do what. Anything without an <c>Origin</c> is no web page (curl, a device, a script) and is not affected.
/// </summary>
/// <param name="allowedOrigins">
/// Entries of <c>CORS_ORIGINS</c>. <c>*</c> lets every page read; only an origin written out may also change the registry.
/// </param>
internal sealed class OriginPolicy(IEnumerable<string> allowedOrigins)
{
    public const string Any = "*";

    private readonly HashSet<string> _allowed =
        new(allowedOrigins.Select(origin => origin.Trim().TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public bool EveryoneMayRead => _allowed.Contains(Any);

    /// <summary>
    /// True when a request may change the registry or open a live connection: it comes from no web page, from Beacon's own pages, or
    /// from an origin that is allowed by name.
    /// </summary>
    public bool Allows(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!StringValues.IsNullOrEmpty(headers.Origin))
        {
            return Trusts(context.Request, headers.Origin.ToString());
        }

        // Browsers that leave Origin out of a cross-site request still say where it started (Fetch metadata).
        return headers["Sec-Fetch-Site"] != "cross-site";
    }

    /// <summary>True for an origin allowed by name or Beacon's own.</summary>
    public bool Trusts(HttpRequest request, string origin) =>
        (_allowed.Contains(origin) && origin != Any) || IsOwn(request, origin);

    /// <summary>
    /// The page came from the address the request goes to. That alone would let a DNS-rebinding page in, whose Origin and Host both
    /// carry the attacker's name; so the name must also be one that no stranger on the Internet can own.
    /// </summary>
    private static bool IsOwn(HttpRequest request, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https")
            || !LocalName.IsLocal(page.Host))
        {
            return false;
        }

        // A page of another site cannot set X-Forwarded-Host without a preflight, which it does not pass.
        return IsSame(page, request.Host.Value) || IsSame(page, request.Headers["X-Forwarded-Host"].ToString());
    }

    private static bool IsSame(Uri page, string? authority) =>
        !string.IsNullOrEmpty(authority)
        && Uri.TryCreate($"{page.Scheme}://{authority}", UriKind.Absolute, out var target)
        && target.Port == page.Port
        && string.Equals(target.Host, page.Host, StringComparison.OrdinalIgnoreCase);
}
