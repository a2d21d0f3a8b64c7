using System.Buffers;

namespace Beacon.Aot.Http2;

/// <summary>The 24 bytes that a client of HTTP/2 sends first, made so that no server of HTTP/1.1 takes them for a request (RFC 9113 §3.4).</summary>
internal static class Preface
{
    public static ReadOnlySpan<byte> Bytes => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public static Opening Judge(in ReadOnlySequence<byte> read)
    {
        var length = (int)Math.Min(read.Length, Bytes.Length);
        Span<byte> start = stackalloc byte[length];
        read.Slice(0, length).CopyTo(start);
        if (!Bytes.StartsWith(start))
        {
            return Opening.Http1;
        }

        return length == Bytes.Length ? Opening.Http2 : Opening.Unclear;
    }
}
