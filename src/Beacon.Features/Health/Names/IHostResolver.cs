using System.Net;

namespace Beacon.Features.Health.Names;

/// <summary>Turns a host name into addresses for a check.</summary>
public interface IHostResolver
{
    /// <summary>
    /// All addresses of <paramref name="name"/> (lower case, without a final dot), best first; empty when it has none. May throw
    /// <see cref="System.Net.Sockets.SocketException"/> when nobody could be asked. Many calls may run at once.
    /// </summary>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken);
}
