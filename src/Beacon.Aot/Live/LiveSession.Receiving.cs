using System.Buffers;
using System.Net.WebSockets;

namespace Beacon.Aot.Live;

// What comes in, and how a conversation ends.
internal sealed partial class LiveSession
{
    /// <summary>
    /// Answers what comes, in order. Answers to frames that have come already are put together; they go out before more is waited for, so
    /// that a client which asks without listening stops itself.
    /// </summary>
    /// <returns>How the conversation is to end; null when the connection is gone.</returns>
    private async Task<LiveEnding?> ReceiveAsync()
    {
        var answered = 0;
        try
        {
            while (true)
            {
                // Without a buffer until there is something to read: an idle client holds none.
                var arriving = _socket.ReceiveAsync(Memory<byte>.Empty, _cutOff.Token);
                if (answered > 0 && (!arriving.IsCompleted || answered % FramesInOneGo == 0))
                {
                    answered = 0;
                    await ReleaseOutletAsync();
                    if (arriving.IsCompleted)
                    {
                        // One that never stops sending takes its turn with the others.
                        await Task.Yield();
                    }
                }

                var arrived = await arriving;
                if (answered++ == 0)
                {
                    _outlet?.Hold();
                }

                var ending = arrived.MessageType switch
                {
                    WebSocketMessageType.Close => LiveEnding.Answering(_socket.CloseStatus),
                    WebSocketMessageType.Binary => LiveEnding.NotText,
                    _ => await HandleFrameAsync(arrived.EndOfMessage),
                };
                if (ending is not null)
                {
                    await ReleaseOutletAsync();
                    return ending;
                }
            }
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            return null;
        }
    }

    /// <param name="isComplete">The frame is empty: there is nothing more to read of it.</param>
    private async ValueTask<LiveEnding?> HandleFrameAsync(bool isComplete)
    {
        Volatile.Write(ref _receivingSince, _time.GetTimestamp());
        var buffer = ArrayPool<byte>.Shared.Rent(LiveLimits.UsualFrame);
        try
        {
            var length = 0;
            while (!isComplete)
            {
                if (length == LiveLimits.MaxFrame)
                {
                    return LiveEnding.TooBig;
                }

                if (length == buffer.Length)
                {
                    buffer = Larger(buffer);
                }

                var room = Math.Min(buffer.Length, LiveLimits.MaxFrame) - length;
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length, room), _cutOff.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return LiveEnding.Answering(_socket.CloseStatus);
                }

                length += received.Count;
                isComplete = received.EndOfMessage;
            }

            Volatile.Write(ref _receivingSince, NotBusy);
            return await AnswerAsync(buffer, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="buffer">The frame, and room for the answer.</param>
    private async ValueTask<LiveEnding?> AnswerAsync(byte[] buffer, int length)
    {
        LiveMetrics.Commands.Add(1);

        // Not counted: it costs less than a request that does the same, and those are not counted either.
        if (_commands.TryRenew(buffer.AsSpan(0, length), out var view))
        {
            await SendAsync(buffer.AsMemory(0, LiveHeartbeat.Accept(view, buffer)));
            return null;
        }

        if (_budget.TryTake())
        {
            await SendAsync(_commands.Answer(buffer.AsMemory(0, length), this));
            return null;
        }

        LiveLog.TooManyFrames(_logger, ClientId, LiveLimits.FramesPerSecond);
        await SendAsync(LiveAnswers.Error(LiveError.TooManyFrames, LiveEnding.TooManyFrames.Reason!));
        return LiveEnding.TooManyFrames;
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(LiveLimits.MaxFrame);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private async Task CloseAsync(LiveEnding ending, Task receiving)
    {
        using var limit = new CancellationTokenSource(_timings.CloseLimit, _time);
        try
        {
            // Never released: nothing may follow a closing frame.
            await _sending.WaitAsync(limit.Token);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(ending.Status, ending.Reason, limit.Token);
                if (_outlet is not null)
                {
                    await _outlet.PushAsync(limit.Token);
                }
            }

            await receiving.WaitAsync(limit.Token);
            await DrainAsync(limit.Token);
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            // It does not answer, or is gone already.
        }
    }

    /// <summary>
    /// Reads until the client has answered the closing frame. A connection that is dropped with unread data is reset, and a reset may
    /// overtake the closing frame: the client would never learn why.
    /// </summary>
    private async Task DrainAsync(CancellationToken limit)
    {
        var waste = new byte[LiveLimits.UsualFrame];
        while (_socket.State == WebSocketState.CloseSent)
        {
            await _socket.ReceiveAsync(waste.AsMemory(), limit);
        }
    }
}
