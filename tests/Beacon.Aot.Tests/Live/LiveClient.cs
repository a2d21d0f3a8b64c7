using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Live;

/// <summary>A client that reads one message at a time, whatever its WebSocket runs over. A message that never comes fails the test.</summary>
internal sealed class LiveClient(WebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public WebSocket Socket => socket;

    public static async Task<LiveClient> ConnectAsync(Uri address, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var limit = Limit();
        await socket.ConnectAsync(address, limit.Token);
        return new LiveClient(socket);
    }

    /// <summary>The next message as it came; null when the server closed.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var limit = Limit();
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    public async Task<JsonObject> ReceiveAsync()
    {
        var text = await ReceiveTextAsync();
        Assert.NotNull(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async Task<List<JsonObject>> ReceiveAsync(int count)
    {
        var messages = new List<JsonObject>(count);
        while (messages.Count < count)
        {
            messages.Add(await ReceiveAsync());
        }

        return messages;
    }

    /// <summary>Everything up to and including the message with this sequence.</summary>
    public async Task<List<JsonObject>> ReceiveUpToAsync(long sequence)
    {
        var messages = new List<JsonObject>();
        do
        {
            messages.Add(await ReceiveAsync());
        }
        while (messages[^1]["seq"]!.GetValue<long>() != sequence || messages[^1]["type"]!.GetValue<string>() == "resync");
        return messages;
    }

    public async Task<JsonObject> AskAsync(string frame)
    {
        await SendAsync(frame);
        return await ReceiveAsync();
    }

    public Task SendAsync(string frame) => SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true);

    public async Task SendAsync(byte[] frame, WebSocketMessageType type, bool endOfMessage)
    {
        using var limit = Limit();
        await socket.SendAsync(frame, type, endOfMessage, limit.Token);
    }

    /// <summary>Reads on until the server closes; what it closed with.</summary>
    public async Task<WebSocketCloseStatus?> ReadUntilClosedAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }

        return socket.CloseStatus;
    }

    public void Dispose() => socket.Dispose();

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}
