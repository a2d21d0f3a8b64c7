using System.Buffers;

namespace Beacon.Aot.Api.Docs;

/// <summary>An answer whose bytes never change while the program runs.</summary>
internal sealed class StaticAnswer(byte[] bytes, string contentType, string? contentSecurityPolicy = null)
{
    private readonly string _tag = EntityTag.Of(bytes);

    public Task Send(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = _tag;
        response.Headers.CacheControl = "no-cache";
        if (contentSecurityPolicy is not null)
        {
            response.Headers.ContentSecurityPolicy = contentSecurityPolicy;
        }

        if (EntityTag.Matches(context.Request.Headers.IfNoneMatch, _tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(bytes);
        }

        return Task.CompletedTask;
    }
}
