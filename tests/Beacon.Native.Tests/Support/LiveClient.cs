using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Beacon.Native.Tests.Support;

/// <summary>A WebSocket client that reads one message at a time.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public static async Task<LiveClient> ConnectAsync(int port, CancellationToken token)
    {
        var client = new LiveClient();
        await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/api/v1/ws"), token);
        using var greeting = await client.ReceiveAsync(token);
        Assert.Equal("connection_established", greeting.RootElement.GetProperty("type").GetString());
        return client;
    }

    public async Task<JsonDocument> ReceiveAsync(CancellationToken token)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer.AsMemory(length), token);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        return JsonDocument.Parse(_buffer.AsMemory(0, length).ToArray());
    }

    public Task SendAsync(string text, CancellationToken token) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, token);

    public void Dispose() => _socket.Dispose();
}
