using System.Net.Sockets;

namespace Beacon.Features.Health.Probing;

/// <summary>Opens connections to exactly the address that was judged.</summary>
internal static class Connector
{
    /// <summary>Throws <see cref="SocketException"/> when there is none, also when the time for this one of several addresses is up.</summary>
    public static async Task<Socket> ConnectAsync(ConnectOrder order, CancellationToken cancellationToken)
    {
        var socket = new Socket(order.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, order.Session.Cancelled);
        if (order.AddressesLeft > 1)
        {
            // A host with an address that swallows everything must not use up the time for its others.
            limit.CancelAfter(TimeSpan.FromSeconds(order.Session.Service.HealthCheck.TimeoutSeconds) / (order.AddressesLeft + 1));
        }

        try
        {
            await socket.ConnectAsync(order.EndPoint, limit.Token).ConfigureAwait(false);
            return socket;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && !order.Session.Cancelled.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
