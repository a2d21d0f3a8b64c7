using System.Net;
using System.Net.Sockets;

namespace Beacon.Client.Discovery;

/// <summary>
/// Looks for Beacon by mDNS: one question from a port of our own, answered to that port (RFC 6762 §6.7). Whoever is on the network may answer; where
/// that matters give the address.
/// </summary>
public static class BeaconFinder
{
    private const int MaxDatagram = 9000;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>The root of the API of the first Beacon that answers on any interface, or null after three seconds or <paramref name="timeout"/>.</summary>
    public static async Task<Uri?> FindAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var question = new BeaconQuestion((ushort)Random.Shared.Next(1, ushort.MaxValue));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(timeout ?? DefaultTimeout);
        var links = MulticastLink.OpenAll();
        try
        {
            var found = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var late = end.Token.Register(() => found.TrySetResult(null)).ConfigureAwait(false);
            var listening = links.Select(link => ListenAsync(link, question, found, end.Token)).ToList();
            var asking = AskAsync(links, question, end.Token);
            var result = await found.Task.ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([asking, .. listening]).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        finally
        {
            links.ForEach(link => link.Dispose());
        }
    }

    private static async Task AskAsync(List<MulticastLink> links, BeaconQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                foreach (var link in links)
                {
                    await link.TrySendAsync(question.Datagram, cancellationToken).ConfigureAwait(false);
                }

                await Task.Delay(AskAgain, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Found, or too late.
        }
    }

    private static async Task ListenAsync(MulticastLink link, BeaconQuestion question, TaskCompletionSource<Uri?> found, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxDatagram];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var received = await link.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (received.RemoteEndPoint is IPEndPoint { Port: MulticastLink.Port } source
                    && AnswerReader.Read(buffer.AsSpan(0, received.ReceivedBytes), question.Number, source.Address) is { } root)
                {
                    found.TrySetResult(root);
                    return;
                }
            }
            catch (SocketException)
            {
                // An interface that is down, or an ICMP error for an earlier question. Not a loop: what is broken stays broken.
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
