using System.Buffers;
using System.Text;

namespace Beacon.Features.Health.Probing;

/// <summary>Reads bodies up to a limit, however long they are and however small they were packed.</summary>
internal static class BodyReader
{
    private const int SkipSize = 4096;

    public static async Task<CheckBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // One more than the limit, to tell "exactly as long" from "longer".
        var buffer = ArrayPool<byte>.Shared.Rent(ProbeLimits.Body + 1);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var length = await stream.ReadAtLeastAsync(
                buffer.AsMemory(0, ProbeLimits.Body + 1), ProbeLimits.Body + 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return new CheckBody(buffer, Math.Min(length, ProbeLimits.Body), length > ProbeLimits.Body, EncodingOf(content));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>To the end, so that the connection can be used again and an answer that stops half-way is seen; or to the limit.</summary>
    public static async Task SkipAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SkipSize);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            for (var total = 0; total < ProbeLimits.Body; total += read)
            {
                read = await stream.ReadAsync(buffer.AsMemory(0, SkipSize), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What else than UTF-8 small devices still send.</summary>
    private static Encoding? EncodingOf(HttpContent content) => content.Headers.ContentType?.CharSet?.Trim('"').ToLowerInvariant() switch
    {
        "iso-8859-1" or "latin1" or "windows-1252" => Encoding.Latin1,
        "utf-16" or "utf-16le" => Encoding.Unicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        _ => null,
    };
}
