using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beacon.LoadTests.Driving;

/// <summary>
/// One keep-alive connection that sends requests as they were put together before, one at a time: HttpClient would cost several times what
/// the servers measured here need for an answer. Connects when it has to, and again after a failure.
/// </summary>
/// <remarks>Understands answers with a length or in chunks, which is all that either server sends. One caller at a time.</remarks>
internal sealed class HttpConnection(IPEndPoint server) : IDisposable
{
    private const int StatusAt = 9;
    private Socket? _socket;
    private byte[] _buffer = new byte[4096];

    private static ReadOnlySpan<byte> Ending => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    private static ReadOnlySpan<byte> LengthHeader => "\r\nContent-Length: "u8;

    public static ReadOnlyMemory<byte> Request(string method, string path, string? body = null) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    public async ValueTask<HttpReply> AskAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            var socket = _socket ?? await ConnectAsync();
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request[sent..]);
            }

            return await ReadAsync(socket);
        }
        catch (SocketException)
        {
            return Break();
        }
    }

    public void Dispose() => _socket?.Dispose();

    private async ValueTask<Socket> ConnectAsync()
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket = socket;
        await socket.ConnectAsync(server);
        return socket;
    }

    private async ValueTask<HttpReply> ReadAsync(Socket socket)
    {
        var (filled, head, total) = (0, 0, 0);
        while (true)
        {
            if (filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0)
            {
                return Break();
            }

            filled += read;
            var so = _buffer.AsSpan(0, filled);
            if (head == 0)
            {
                if (so.IndexOf(Ending) is var end && end < 0)
                {
                    continue;
                }

                head = end + Ending.Length;
                total = TotalOf(so[..head]);
            }

            if (total > 0 ? filled >= total : so.EndsWith(LastChunk))
            {
                _ = Utf8Parser.TryParse(so[StatusAt..], out int status, out _);
                return new HttpReply(status, _buffer.AsMemory(head, filled - head));
            }
        }
    }

    /// <summary>Bytes of head and body; 0 for a body in chunks.</summary>
    private static int TotalOf(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf(LengthHeader);
        if (at >= 0 && Utf8Parser.TryParse(head[(at + LengthHeader.Length)..], out int length, out _))
        {
            return head.Length + length;
        }

        return head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0 ? 0 : head.Length;
    }

    private HttpReply Break()
    {
        _socket?.Dispose();
        _socket = null;
        return default;
    }
}
