using System.Text;

namespace Beacon.Aot.Ui;

/// <summary>
/// The one HTML page behind every screen. It names its parts relative to the dashboard's root, and how to get there from the address that
/// was asked for; so it works below whatever path a proxy puts in front, without being told which.
/// </summary>
/// <param name="template">index.html as it was built.</param>
internal sealed class UiPage(byte[] template, string apiPrefix)
{
    /// <summary>
    /// What ui/index.html says in these places; a test holds the two together. The prefix is written as a reference to the root too.
    /// </summary>
    public const string BaseMark = "<base href=\"./\"";

    public const string ApiMark = "name=\"beacon-api\" content=\"api/v1\"";

    public const string ContentType = "text/html; charset=utf-8";

    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        + "base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private readonly string _text = Encoding.UTF8.GetString(template)
        .Replace(ApiMark, $"name=\"beacon-api\" content=\"{System.Net.WebUtility.HtmlEncode(apiPrefix.Trim('/'))}\"", StringComparison.Ordinal);

    public void Send(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        UiFile.Send(context, For(context.Request.Path.Value ?? "/"), ContentType);
    }

    /// <summary>The page for an address: <c>/services/ID</c> is one step below the root.</summary>
    private byte[] For(string path)
    {
        var depth = path.AsSpan(1).Count('/');
        var root = depth == 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
        return Encoding.UTF8.GetBytes(_text.Replace(BaseMark, $"<base href=\"{root}\"", StringComparison.Ordinal));
    }
}
