using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beacon.LoadTests.Driving;

/// <summary>
/// A WebSocket (RFC 6455) that does nothing but send small text frames and take text frames: a thousand of them must cost less than the
/// server that feeds them. Pings are answered while <see cref="ReadAsync"/> runs.
/// </summary>
/// <remarks>One reader and one sender at a time. Frames in parts are not understood: Beacon sends none.</remarks>
internal sealed class LiveSocket : IDisposable
{
    private const byte Final = 0x80;
    private const byte Text = 0x1;
    private const byte Closing = 0x8;
    private const byte Ping = 0x9;
    private const byte Pong = 0xA;
    private const int Short = 126;
    private const int Long = 127;
    private const int FirstBuffer = 1024;
    private readonly Socket _socket;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;

    private LiveSocket(Socket socket) => _socket = socket;

    /// <exception cref="InvalidOperationException">The server did not upgrade the connection.</exception>
    public static async Task<LiveSocket> ConnectAsync(Uri server, string path = "/api/v1/ws")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(server.Authority));
        var live = new LiveSocket(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        while (true)
        {
            var head = live._buffer.AsSpan(0, live._filled).IndexOf("\r\n\r\n"u8);
            if (head >= 0)
            {
                return live._buffer.AsSpan().StartsWith("HTTP/1.1 101"u8)
                    ? live.Drop(head + 4)
                    : throw new InvalidOperationException(Encoding.ASCII.GetString(live._buffer, 0, head));
            }

            await live.FillAsync();
        }
    }

    /// <summary>A frame as a client sends it, under a mask of zeros, which leaves the text as it is.</summary>
    public static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var length = payload.Length < Short ? 2 : 4;
        var frame = new byte[length + 4 + payload.Length];
        frame[0] = Final | Text;
        frame[1] = (byte)(Final | (payload.Length < Short ? payload.Length : Short));
        if (payload.Length >= Short)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        payload.CopyTo(frame, length + 4);
        return frame;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frames)
    {
        while (frames.Length > 0)
        {
            frames = frames[await _socket.SendAsync(frames)..];
        }
    }

    /// <summary>Reads until so many text frames have been taken, the server closes, or the socket is disposed.</summary>
    /// <returns>Frames taken.</returns>
    public async Task<long> ReadAsync(ReadOnlySpanAction taken, long atMost = long.MaxValue)
    {
        var count = 0L;
        try
        {
            while (true)
            {
                var (at, pings, isOver) = (0, 0, false);
                while (count < atMost && TryRead(ref at, out var kind, out var payload))
                {
                    pings += kind == Ping ? 1 : 0;
                    isOver |= kind == Closing;
                    if (kind == Text)
                    {
                        count++;
                        taken(_buffer.AsSpan(payload));
                    }
                }

                Drop(at);
                if (count == atMost || isOver)
                {
                    return count;
                }

                for (; pings > 0; pings--)
                {
                    await SendAsync(new byte[] { Final | Pong, Final, 0, 0, 0, 0 });
                }

                await FillAsync();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            return count;
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TryRead(ref int at, out int kind, out Range payload)
    {
        (kind, payload) = (0, default);
        var rest = _buffer.AsSpan(at, _filled - at);
        if (rest.Length < 2)
        {
            return false;
        }

        var (head, length) = (2, (int)rest[1]);
        if (length == Short)
        {
            head = 4;
            length = rest.Length < head ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        }
        else if (length == Long)
        {
            head = 10;
            length = rest.Length < head ? int.MaxValue : checked((int)BinaryPrimitives.ReadUInt64BigEndian(rest[2..]));
        }

        if (rest.Length - head < length)
        {
            return false;
        }

        kind = rest[0] & 0xF;
        payload = (at + head)..(at + head + length);
        at += head + length;
        return true;
    }

    private LiveSocket Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
        return this;
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 4);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        _filled += read > 0 ? read : throw new IOException("the server closed the connection");
    }

    /// <param name="text">Valid during the call.</param>
    internal delegate void ReadOnlySpanAction(ReadOnlySpan<byte> text);
}
