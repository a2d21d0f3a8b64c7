using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Beacon.Aot.Live;

/// <summary>One client's connection: a bounded queue out, one frame at a time in. A slow client costs itself its oldest messages, nobody else anything.</summary>
internal sealed class LiveSession : IDisposable
{
    private readonly WebSocket _socket;
    private readonly LiveHub _hub;
    private readonly LiveCommands _commands;
    private readonly ILogger _logger;
    private readonly Channel<LiveFrame> _queue;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _cutOff = new();
    private volatile LiveFilter _filter = LiveFilter.Everything;
    private long _droppedUpTo;

    public LiveSession(WebSocket socket, string clientId, LiveHub hub, LiveCommands commands, ILogger logger)
    {
        _socket = socket;
        ClientId = clientId;
        _hub = hub;
        _commands = commands;
        _logger = logger;
        _queue = Channel.CreateBounded<LiveFrame>(
            new BoundedChannelOptions(LiveLimits.ClientQueue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            dropped => Interlocked.Exchange(ref _droppedUpTo, dropped.Sequence));
    }

    public string ClientId { get; }

    /// <summary>Called under the hub's lock: queues and returns.</summary>
    public void Offer(LiveFrame frame)
    {
        if (_filter.Wants(frame))
        {
            _queue.Writer.TryWrite(frame);
        }
    }

    public void Subscribe(LiveFilter filter) => _filter = filter;

    /// <summary>Runs until the client leaves, is cut off, or the program stops.</summary>
    public async Task RunAsync(long? since, CancellationToken stopping)
    {
        var first = _hub.Join(this, since);
        try
        {
            var sending = SendQueuedAsync(first, stopping);
            var receiving = ReceiveAsync();
            await Task.WhenAny(sending, receiving);
            if (stopping.IsCancellationRequested)
            {
                await CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "Beacon is stopping");
            }

            _queue.Writer.TryComplete();
            await _cutOff.CancelAsync();
            await Task.WhenAll(sending, receiving);
        }
        finally
        {
            _hub.Leave(this);
        }
    }

    public void Dispose()
    {
        _cutOff.Dispose();
        _sending.Dispose();
    }

    private async Task SendQueuedAsync(List<LiveFrame> first, CancellationToken stopping)
    {
        try
        {
            foreach (var frame in first)
            {
                await SendAsync(frame.Json);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, _cutOff.Token);
            while (await _queue.Reader.WaitToReadAsync(either.Token))
            {
                while (_queue.Reader.TryRead(out var frame))
                {
                    if (Interlocked.Exchange(ref _droppedUpTo, 0) is > 0 and var upTo)
                    {
                        LiveLog.ClientTooSlow(_logger, ClientId);
                        await SendAsync(LiveMessages.Resync(upTo, "this connection was too slow and lost messages; read the list afresh"));
                    }

                    await SendAsync(frame.Json);
                }
            }
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
        }
    }

    /// <summary>An answer is sent before the next frame is read: a client that asks without listening stops itself.</summary>
    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                // Without a buffer until there is something to read: an idle client holds none.
                var arrived = await _socket.ReceiveAsync(Memory<byte>.Empty, _cutOff.Token);
                if (arrived.MessageType == WebSocketMessageType.Close || !await HandleFrameAsync())
                {
                    await CloseAsync(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null);
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
        }
    }

    private async Task<bool> HandleFrameAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LiveLimits.MaxFrame);
        try
        {
            var length = 0;
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length, LiveLimits.MaxFrame - length), _cutOff.Token);
                length += received.Count;
                switch (received.MessageType)
                {
                    case WebSocketMessageType.Close:
                        return false;
                    case WebSocketMessageType.Binary:
                        await CloseAsync(WebSocketCloseStatus.InvalidMessageType, "text frames only");
                        return false;
                    case WebSocketMessageType.Text when received.EndOfMessage:
                        await SendAsync(_commands.Answer(buffer.AsMemory(0, length), this));
                        return true;
                }

                if (length == LiveLimits.MaxFrame)
                {
                    await CloseAsync(WebSocketCloseStatus.MessageTooBig, $"frames have at most {LiveLimits.MaxFrame} bytes");
                    return false;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(byte[] json)
    {
        await _sending.WaitAsync(_cutOff.Token);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_cutOff.Token);
            limit.CancelAfter(LiveLimits.SendLimit);
            await _socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string? reason)
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var limit = new CancellationTokenSource(LiveLimits.CloseLimit);
        try
        {
            await _sending.WaitAsync(limit.Token);
            try
            {
                await _socket.CloseOutputAsync(status, reason, limit.Token);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
        }
    }

    private static bool IsEndOfConnection(Exception exception) =>
        exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException;
}
