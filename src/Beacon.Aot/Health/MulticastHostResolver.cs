using System.Net;
using Beacon.Features.Health.Names;
using Beacon.Mdns.Browsing;
using Beacon.Mdns.Transport;

namespace Beacon.Aot.Health;

/// <summary>
/// Asks the network by multicast, with sockets of its own: the responder is not disturbed, and the answer is the one every other host gets.
/// </summary>
internal sealed class MulticastHostResolver(IReadOnlyList<string>? interfaces, string domain, TimeProvider time, ILogger<UdpMulticastTransport> logger)
    : IHostResolver, IDisposable
{
    /// <summary>Each look-up takes a thread and a socket per interface for as long as nobody answers.</summary>
    private const int AtOnce = 4;

    /// <summary>Three queries, 1 s and 2 s apart (RFC 6762 §5.2): who has not answered by then is not there.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3.5);

    private readonly SemaphoreSlim _room = new(AtOnce);

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (BrowseTarget.ForName(name, domain) is not { Kind: BrowseKind.Host } target)
        {
            return [];
        }

        await _room.WaitAsync(cancellationToken);
        try
        {
            // A thread of its own: the look waits in poll(2), and the pool's threads are for those who do not.
            return await Task.Factory.StartNew(
                () => LookAsync(target, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<IReadOnlyList<IPAddress>> LookAsync(BrowseTarget target, CancellationToken cancellationToken)
    {
        await using var transport = new UdpMulticastTransport(interfaces, time, logger);
        var found = new FoundAddresses();
        new MdnsBrowser(transport, time).Run(target, found, follow: false, Limit, cancellationToken);
        return found.Addresses;
    }
}
