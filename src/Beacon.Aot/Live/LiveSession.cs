using System.Net.WebSockets;
using System.Threading.Channels;

namespace Beacon.Aot.Live;

/// <summary>
/// One client's connection: a bounded queue out, one frame at a time in. A slow client costs itself its oldest messages, nobody else
/// anything.
/// </summary>
internal sealed partial class LiveSession : IDisposable
{
    private const long NotBusy = -1;

    /// <summary>Frames of one client that are answered, or messages that are sent to it, before others get their turn.</summary>
    private const int FramesInOneGo = 256;

    private readonly WebSocket _socket;
    private readonly LiveOutlet? _outlet;
    private readonly LiveHub _hub;
    private readonly LiveCommands _commands;
    private readonly LiveTimings _timings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FrameBudget _budget;
    private readonly Channel<LiveFrame> _queue;

    /// <summary>Held while a message is chosen and sent: a WebSocket takes one at a time, and after the closing frame none.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _cutOff = new();
    private volatile LiveFilter _filter = LiveFilter.Everything;
    private long _sendingSince = NotBusy;
    private long _receivingSince = NotBusy;
    private long _droppedUpTo;
    private long _resyncedUpTo;

    /// <param name="outlet">What the socket writes on; null when that is unknown, and every frame goes out by itself.</param>
    public LiveSession(
        WebSocket socket, LiveOutlet? outlet, string clientId, LiveHub hub, LiveCommands commands, LiveTimings timings, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _outlet = outlet;
        ClientId = clientId;
        _hub = hub;
        _commands = commands;
        _timings = timings;
        _time = time;
        _logger = logger;
        _budget = new FrameBudget(time);
        _queue = Channel.CreateBounded<LiveFrame>(
            new BoundedChannelOptions(LiveLimits.ClientQueue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, NoteDropped);
    }

    public string ClientId { get; }

    /// <summary>Set under the hub's lock.</summary>
    public LiveFilter Filter
    {
        get => _filter;
        set => _filter = value;
    }

    /// <summary>It has been taking one message, or sending one frame, for longer than it may.</summary>
    public bool IsStalled => IsPast(Volatile.Read(ref _sendingSince)) || IsPast(Volatile.Read(ref _receivingSince));

    /// <summary>Called under the hub's lock: queues and returns.</summary>
    public void Offer(LiveFrame frame)
    {
        if (_filter.Choose(frame) is not null)
        {
            _queue.Writer.TryWrite(frame);
        }
    }

    /// <summary>Ends the connection without a word. Any thread.</summary>
    public void CutOff()
    {
        try
        {
            _cutOff.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It left by itself meanwhile.
        }
    }

    /// <summary>Runs until the client leaves, is cut off, or the program stops.</summary>
    public async Task RunAsync(long? since, CancellationToken stopping)
    {
        var first = _hub.Join(this, since);
        try
        {
            var sending = SendQueuedAsync(first);
            var receiving = ReceiveAsync();
            var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (stopping.Register(() => stop.TrySetResult()))
            {
                await Task.WhenAny(sending, receiving, stop.Task);
            }

            if (stop.Task.IsCompleted)
            {
                await CloseAsync(LiveEnding.Stopping, receiving);
            }
            else if (receiving.IsCompletedSuccessfully && await receiving is { } ending)
            {
                await CloseAsync(ending, receiving);
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

    private async Task SendQueuedAsync(List<LiveFrame> first)
    {
        try
        {
            foreach (var frame in first)
            {
                await SendAsync(frame.Json);
            }

            while (await _queue.Reader.WaitToReadAsync(_cutOff.Token))
            {
                _outlet?.Hold();
                try
                {
                    await SendSomeAsync();
                }
                finally
                {
                    await ReleaseOutletAsync();
                }
            }
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            // Gone: what is queued for it goes too.
        }
    }

    private void NoteDropped(LiveFrame frame)
    {
        LiveMetrics.Dropped.Add(1);
        Volatile.Write(ref _droppedUpTo, frame.Sequence);
    }

    /// <summary>
    /// The list that the client reads after this has everything up to the newest event of now, so that older messages may be dropped
    /// without another word: a client that stays slow is asked once in a queue's length, not once a message. To be called while sending is held.
    /// </summary>
    private async ValueTask ResyncWhenDroppedAsync()
    {
        if (Volatile.Read(ref _droppedUpTo) <= _resyncedUpTo)
        {
            return;
        }

        // The newest message offered may be ahead of the hub's mark by the batch that is being passed on right now.
        _resyncedUpTo = Math.Max(_hub.Newest, Volatile.Read(ref _droppedUpTo));
        LiveLog.ClientTooSlow(_logger, ClientId);
        LiveMetrics.Resyncs.Add(1);
        await WriteAsync(LiveAnswers.Resync(_resyncedUpTo, ResyncReason.SlowClient));
    }

    /// <summary>What is queued, up to as many messages as others can wait for who have an answer to send.</summary>
    private async ValueTask SendSomeAsync()
    {
        var sent = 0;
        await _sending.WaitAsync(_cutOff.Token);
        try
        {
            for (var taken = 0; taken < FramesInOneGo && _queue.Reader.TryRead(out var frame); taken++)
            {
                await ResyncWhenDroppedAsync();

                // Chosen again, because the client may have subscribed since the frame was queued: nothing it no longer wants follows the answer.
                if (_filter.Choose(frame) is { } json)
                {
                    await WriteAsync(json);
                    sent++;
                }
            }
        }
        finally
        {
            _sending.Release();
            LiveMetrics.Sent.Add(sent);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> json)
    {
        await _sending.WaitAsync(_cutOff.Token);
        try
        {
            await WriteAsync(json);
            LiveMetrics.Sent.Add(1);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>To be called while sending is held.</summary>
    private async ValueTask WriteAsync(ReadOnlyMemory<byte> json)
    {
        Volatile.Write(ref _sendingSince, _time.GetTimestamp());
        await _socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, _cutOff.Token);
        Volatile.Write(ref _sendingSince, NotBusy);
    }

    private async ValueTask ReleaseOutletAsync()
    {
        if (_outlet is not null)
        {
            Volatile.Write(ref _sendingSince, _time.GetTimestamp());
            await _outlet.ReleaseAsync(_cutOff.Token);
            Volatile.Write(ref _sendingSince, NotBusy);
        }
    }

    private bool IsPast(long busySince) => busySince != NotBusy && _time.GetElapsedTime(busySince) > _timings.StallLimit;

    private static bool IsEndOfConnection(Exception exception) =>
        exception is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException;
}
