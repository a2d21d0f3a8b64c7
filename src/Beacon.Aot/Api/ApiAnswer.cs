using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace Beacon.Aot.Api;

/// <summary>Sends a finished JSON body. Nothing is awaited: the server flushes when the handler returns.</summary>
internal static class ApiAnswer
{
    public static void Send(HttpContext context, int status, JsonBody body)
    {
        var json = body.Written();
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = JsonOutput.ContentType;
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(json);
        }
    }

    /// <summary>For reads: 200 with an entity tag, or 304 without a body when the client holds the same bytes.</summary>
    public static void SendTagged(HttpContext context, JsonBody body)
    {
        // A POST that only asks has the same answer but no cache: conditions mean something else there (RFC 9110 §13.1.2).
        if (HttpMethods.IsPost(context.Request.Method))
        {
            Send(context, StatusCodes.Status200OK, body);
            return;
        }

        var tag = EntityTag.Of(body.Written());
        var headers = context.Response.Headers;
        headers.ETag = tag;

        // "no-cache" lets a cache keep the answer but makes it ask each time.
        headers.CacheControl = CacheControlHeaderValue.NoCacheString;
        if (EntityTag.Matches(context.Request.Headers.IfNoneMatch, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        Send(context, StatusCodes.Status200OK, body);
    }
}
