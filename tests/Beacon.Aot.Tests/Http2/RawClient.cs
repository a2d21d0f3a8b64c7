using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beacon.Aot.Tests.Http2;

/// <summary>A client that says exactly the bytes a test wants, in the packets a test wants. An answer that never comes fails the test.</summary>
internal sealed class RawClient : IDisposable
{
    public const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    public const byte Settings = 4;
    public const byte GoAway = 7;

    /// <summary>Long enough that the server has read one packet before the next leaves.</summary>
    private static readonly TimeSpan BetweenPackets = TimeSpan.FromMilliseconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Length 0, type 4, no flags, stream 0 (RFC 9113 §6.5).</summary>
    private static readonly byte[] EmptySettings = [0, 0, 0, Settings, 0, 0, 0, 0, 0];

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawClient()
    {
    }

    public static async Task<RawClient> ConnectAsync(Uri server)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(params byte[] bytes) => await _socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The first bytes in one packet, the rest in another.</summary>
    public async Task SendInTwoAsync(string text, int first)
    {
        await SendAsync(text[..first]);
        await Task.Delay(BetweenPackets, TestContext.Current.CancellationToken);
        await SendAsync(text[first..]);
    }

    public async Task SendSlowlyAsync(string text)
    {
        foreach (var letter in text)
        {
            await SendAsync((byte)letter);
            await Task.Delay(BetweenPackets, TestContext.Current.CancellationToken);
        }
    }

    public Task SendSettingsAsync() => SendAsync(EmptySettings);

    /// <summary>Reads frames until one of this type.</summary>
    public async Task ReadFrameAsync(byte type)
    {
        var header = new byte[9];
        byte read;
        do
        {
            await ReadExactlyAsync(header);
            var length = (header[0] << 16) | (header[1] << 8) | header[2];
            read = header[3];
            await ReadExactlyAsync(new byte[length]);
        }
        while (read != type);
    }

    /// <summary>Everything until the server closes; null when it has not yet.</summary>
    public async Task<string?> ReadToEndAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        var said = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, limit.Token) is > 0 and var length)
            {
                said.Append(Encoding.ASCII.GetString(buffer, 0, length));
            }

            return said.ToString();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends with RST instead of FIN.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadExactlyAsync(byte[] buffer)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var read = 0; read < buffer.Length;)
        {
            var length = await _socket.ReceiveAsync(buffer.AsMemory(read), limit.Token);
            Assert.True(length > 0, "The server closed the connection");
            read += length;
        }
    }
}
