using System.Buffers;

namespace Beacon.Aot.Api.Docs;

/// <summary>An answer whose bytes never change while the program runs. They are read when somebody first asks; most Beacons are never asked.</summary>
internal sealed class StaticAnswer(Func<byte[]> read, string contentType, string? contentSecurityPolicy = null)
{
    private readonly Lazy<(byte[] Bytes, string Tag)> _content = new(() =>
    {
        var bytes = read();
        return (bytes, EntityTag.Of(bytes));
    });

    public Task Send(HttpContext context)
    {
        var (bytes, tag) = _content.Value;
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (contentSecurityPolicy is not null)
        {
            response.Headers.ContentSecurityPolicy = contentSecurityPolicy;
        }

        if (EntityTag.Matches(context.Request.Headers.IfNoneMatch, tag))
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
