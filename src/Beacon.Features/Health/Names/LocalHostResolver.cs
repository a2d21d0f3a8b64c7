using System.Net;

namespace Beacon.Features.Health.Names;

/// <summary>
/// Names under <c>.local</c> are asked for by multicast first, because containers and small systems have no resolver that does
/// (compat B29); what nobody answers for, and every other name, goes to the system.
/// </summary>
/// <param name="multicast">Beacon's own mDNS look-up.</param>
public sealed class LocalHostResolver(IHostResolver multicast, IHostResolver system) : IHostResolver
{
    private const string Suffix = ".local";

    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            && await multicast.ResolveAsync(name, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found)
        {
            return found;
        }

        return await system.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
    }
}
