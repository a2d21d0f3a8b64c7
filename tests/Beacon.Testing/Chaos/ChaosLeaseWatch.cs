using System.Net.WebSockets;
using System.Text.Json;

namespace Beacon.Testing.Chaos;

/// <summary>Writes down every end of a lease that Beacon tells of, whoever was killed meanwhile.</summary>
internal sealed class ChaosLeaseWatch(Uri address, ChaosHistory history)
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(20);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public async Task RunAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                using var socket = new ClientWebSocket();
                await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/v1/ws" }.Uri, stopped);
                while (await ReceiveAsync(socket, stopped))
                {
                }
            }
            catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException)
            {
                // Killed, or not there yet, or we are done.
            }

            await Task.Delay(RetryEvery, CancellationToken.None);
        }
    }

    private async Task<bool> ReceiveAsync(ClientWebSocket socket, CancellationToken stopped)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(_buffer.AsMemory(length), stopped);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        if (part.MessageType == WebSocketMessageType.Close)
        {
            return false;
        }

        if (_buffer.AsSpan(0, length).IndexOf("service_expired"u8) >= 0)
        {
            using var message = JsonDocument.Parse(_buffer.AsMemory(0, length));
            if (message.RootElement.GetProperty("type").GetString() == "service_expired")
            {
                var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(message.RootElement.GetProperty("timestamp").GetDouble() * 1000));
                history.Add(new ChaosLeaseEnd(message.RootElement.GetProperty("data").GetProperty("service_id").GetString()!, at));
            }
        }

        return true;
    }
}
