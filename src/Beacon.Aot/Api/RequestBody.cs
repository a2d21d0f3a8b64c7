using System.Buffers;

namespace Beacon.Aot.Api;

/// <summary>A request's whole body in rented memory, never more than its limit.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Real registrations have a few hundred bytes; this leaves room for 64 metadata entries of nearly their full size.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Enough for nearly every registration, so that one read does.</summary>
    private const int FirstRead = 4096;

    private readonly int _limit;
    private byte[] _bytes;
    private int _length;

    private RequestBody(int capacity, int limit) => (_bytes, _limit) = (ArrayPool<byte>.Shared.Rent(capacity), limit);

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Null when the body is too large; the rest of it is left unread.</summary>
    /// <param name="limit">Bytes. What goes beyond the server's own limit must be allowed there too.</param>
    public static async ValueTask<RequestBody?> ReadAsync(HttpRequest request, CancellationToken cancellationToken, int limit = MaxLength)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var body = new RequestBody((int)(request.ContentLength ?? FirstRead) + 1, limit);
        try
        {
            if (await body.FillAsync(request.Body, cancellationToken))
            {
                return body;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private async ValueTask<bool> FillAsync(Stream source, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await source.ReadAsync(_bytes.AsMemory(_length), cancellationToken);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > _limit)
            {
                return false;
            }

            if (_length == _bytes.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
