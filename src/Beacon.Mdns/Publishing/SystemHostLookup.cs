using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>Asks the system's resolver: the hosts file, then unicast DNS.</summary>
public sealed class SystemHostLookup : IHostLookup
{
    public async Task<IReadOnlyList<IPAddress>> LookUpAsync(string name, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(name, cancellationToken).ConfigureAwait(false);
}
