using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Beacon.Aot.Http2;

/// <summary>
/// Waits until a new connection shows which HTTP it speaks; the bytes stay unread. The server's own clocks begin with its protocols, so the
/// same limits are held here.
/// </summary>
internal sealed class FirstBytes(ConnectionContext connection, KestrelServerLimits limits, TimeProvider time)
{
    private const int Waiting = 0;
    private const int Decided = 1;
    private const int GivenUp = 2;

    private int _state;

    public async Task<Opening> WaitAsync()
    {
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var stopping = closing.UnsafeRegister(static waiting => ((FirstBytes)waiting!).GiveUp(), this);
        using var timer = time.CreateTimer(static waiting => ((FirstBytes)waiting!).GiveUp(), this, limits.KeepAliveTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            return await ReadAsync(timer);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // Reset by the client, or ended by the server: there is nobody to answer and nothing to tell.
            return Opening.None;
        }
    }

    private async Task<Opening> ReadAsync(ITimer timer)
    {
        var input = connection.Transport.Input;
        for (var hasBegun = false; ;)
        {
            var result = await input.ReadAsync();
            var read = result.Buffer;
            var opening = Preface.Judge(read);
            if (result.IsCanceled || opening != Opening.Unclear || result.IsCompleted)
            {
                // Nothing is examined either, so that the next read returns at once.
                input.AdvanceTo(read.Start, read.Start);
                return Leave(opening == Opening.Unclear ? Opening.Http1 : opening);
            }

            input.AdvanceTo(read.Start, read.End);
            if (!hasBegun)
            {
                hasBegun = true;
                timer.Change(limits.RequestHeadersTimeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Whoever comes second has lost: a read must not be cancelled once the protocol reads.</summary>
    private Opening Leave(Opening opening) =>
        Interlocked.CompareExchange(ref _state, Decided, Waiting) == Waiting ? opening : Opening.None;

    private void GiveUp()
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
        {
            connection.Transport.Input.CancelPendingRead();
        }
    }
}
