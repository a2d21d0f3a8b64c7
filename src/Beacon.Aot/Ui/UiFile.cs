using System.Buffers;
using Beacon.Aot.Api;

namespace Beacon.Aot.Ui;

/// <summary>One file of the dashboard in all its forms.</summary>
/// <param name="forms">Suffixes of the packed forms that are there.</param>
internal sealed class UiFile(IUiSource source, string name, IReadOnlySet<string> forms)
{
    /// <summary>The name of such a file contains a hash of its content, so a year is as good as for ever.</summary>
    private const string ForEver = "public, max-age=31536000, immutable";

    private const string HashedFolder = "assets/";

    private readonly string _contentType = TypeOf(name);

    public void Send(HttpContext context)
    {
        var request = context.Request;
        var coding = ContentCoding.Choose(request.Headers.AcceptEncoding, coding => forms.Contains(coding.Suffix));
        var bytes = source.Read(name + coding.Suffix);
        var headers = context.Response.Headers;
        headers.CacheControl = name.StartsWith(HashedFolder, StringComparison.Ordinal) ? ForEver : "no-cache";
        if (forms.Count > 0)
        {
            headers.Append("Vary", "Accept-Encoding");
        }

        if (coding != ContentCoding.Identity)
        {
            headers.ContentEncoding = coding.Name;
        }

        Send(context, bytes, _contentType);
    }

    /// <summary>The bytes with their entity tag, or 304 when the client has them.</summary>
    public static void Send(HttpContext context, byte[] bytes, string contentType)
    {
        var response = context.Response;
        var tag = EntityTag.Of(bytes);
        response.Headers.ETag = tag;
        if (EntityTag.Matches(context.Request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(bytes);
        }
    }

    /// <summary>Every kind of file that the build makes; anything else would be a file nobody meant to ship.</summary>
    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
}
