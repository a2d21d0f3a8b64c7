using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>Turns a unicast host name into addresses, the way this machine does. Never called on the thread that answers queries.</summary>
public interface IHostLookup
{
    /// <summary>All addresses of <paramref name="name"/>; empty when it has none. A failure of any kind may be thrown: it is a look-up to repeat later.</summary>
    Task<IReadOnlyList<IPAddress>> LookUpAsync(string name, CancellationToken cancellationToken);
}
