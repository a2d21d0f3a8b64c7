using System.Net;
using System.Net.Sockets;

namespace Beacon.Features.Health.Names;

/// <summary>Asks the system's resolver: the hosts file, then unicast DNS.</summary>
public sealed class SystemHostResolver : IHostResolver, IDisposable
{
    /// <summary>The system's look-up holds a pool thread until it is answered; with a dead name server that is half a minute.</summary>
    private const int AtOnce = 8;

    private readonly SemaphoreSlim _room = new(AtOnce);

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Dns.GetHostAddressesAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return [];
        }
        catch (ArgumentException)
        {
            // Too long for a name, or not one.
            return [];
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();
}
