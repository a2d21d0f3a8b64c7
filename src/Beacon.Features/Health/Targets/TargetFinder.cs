using System.Net;
using Beacon.Features.Health.Names;
using Beacon.Features.Health.Probing;
using Beacon.Registry.Services;

namespace Beacon.Features.Health.Targets;

/// <summary>
/// From a URL to addresses that a check of this service may connect to. Connections are made to these very addresses: a name that means
/// something else a moment later changes nothing.
/// </summary>
internal sealed class TargetFinder(IHostResolver resolver, AddressPolicy policy)
{
    public async Task<CheckTarget> FindAsync(ServiceInstance service, CheckUrl url, CancellationToken cancellationToken)
    {
        var host = ServiceHost.Read(service.Host);
        var found = policy.FixedAddresses(url, host, service.SourceAddress)
            ?? await ResolveAsync(url.Host, host, service.SourceAddress, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return new CheckTarget([], $"the name {url.Host} does not resolve");
        }

        var usable = new List<IPAddress>(Math.Min(found.Count, ProbeLimits.Addresses));
        string? problem = null;
        foreach (var address in found)
        {
            var objection = policy.Objection(address, url.Port);
            if (objection is null && !await IsNearAsync(address, service, host, url, found, cancellationToken).ConfigureAwait(false))
            {
                objection = AddressPolicy.Refusal(address, AddressPolicy.NotLocal);
            }

            problem ??= objection;
            if (objection is null && usable.Count < ProbeLimits.Addresses)
            {
                usable.Add(address);
            }
        }

        return usable.Count > 0 ? new CheckTarget(usable) : new CheckTarget([], $"the check {problem}", IsRefused: true);
    }

    private async Task<bool> IsNearAsync(
        IPAddress address, ServiceInstance service, ServiceHost host, CheckUrl url, IReadOnlyList<IPAddress> found, CancellationToken cancellationToken)
    {
        if (policy.IsAllowed(address) || policy.IsOnLink(address) || host.IsCalled(url.Host))
        {
            return true;
        }

        var own = host.IsInside ? policy.StandIns(service.SourceAddress)
            : host.Name is { } name ? await ResolveAsync(name, host, service.SourceAddress, cancellationToken).ConfigureAwait(false)
            : host.Addresses;
        foreach (var candidate in own)
        {
            if (candidate.Equals(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The service's own name, when nobody but its machine knows it (a container's name, or one that this machine's hosts file puts at
    /// loopback), stands for where the service registered from (compat B29).
    /// </summary>
    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, ServiceHost host, IPAddress? source, CancellationToken cancellationToken)
    {
        var resolved = await resolver.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        var found = new List<IPAddress>(resolved.Count);
        var beyond = 0;
        foreach (var address in resolved)
        {
            found.Add(AddressKinds.Plain(address));
            beyond += !policy.IsAllowed(address) && (AddressKinds.IsLoopback(address) || AddressKinds.IsUnspecified(address)) ? 0 : 1;
        }

        return beyond == 0 && host.IsCalled(name) ? policy.StandIns(source) : found;
    }
}
