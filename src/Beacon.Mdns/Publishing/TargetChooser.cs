using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// Which host a service's SRV record leads to: the service's own, never Beacon's, for as long as there is any way to know it
/// (see <see cref="HostRules"/>). Owned by the engine's thread.
/// </summary>
internal sealed class TargetChooser(EngineCore core, HostTargets hosts, HostLookups lookups, DomainName domain)
{
    /// <summary>Null while the first look-up of its host name runs.</summary>
    public HostTarget? Choose(PublishedService service, long now)
    {
        if (service.Instance is not { } instance)
        {
            return hosts.Own;
        }

        var claim = HostRules.Read(instance.Host, domain.Text);
        Follow(service, claim.Kind == HostKind.Unicast ? claim.Name : null);
        return claim.Kind switch
        {
            HostKind.Addresses => FromAddresses(claim.Addresses, now) ?? Fallback(instance, now),
            HostKind.SelfAnnouncing => hosts.ForSelfAnnouncing(claim.Name) ?? Fallback(instance, now),
            HostKind.Unicast => FromLookup(service, instance, claim.Name, now),
            _ => Fallback(instance, now),
        };
    }

    /// <summary>The service is gone or has another host: its look-ups need not go on.</summary>
    public void Forget(PublishedService service) => Follow(service, null);

    private void Follow(PublishedService service, string? name)
    {
        if (service.LookedUp is not null && service.LookedUp != name)
        {
            lookups.Release(service.LookedUp, service);
        }

        service.LookedUp = name;
    }

    private HostTarget? FromLookup(PublishedService service, ServiceInstance instance, string name, long now) =>
        lookups.Use(name, service, now) switch
        {
            LookupState.Unknown => null,
            LookupState.Found when Announceable(lookups.AddressesOf(name)) is { Count: > 0 } addresses =>
                hosts.ForUnicastName(name, addresses, now),
            _ => Fallback(instance, now),
        };

    private HostTarget? FromAddresses(IReadOnlyList<IPAddress> addresses, long now) =>
        Announceable(addresses) is { Count: > 0 } usable ? hosts.ForAddresses(usable, now) : null;

    /// <summary>Where the registration came from is where the service is, most likely; a client on this machine is on this machine.</summary>
    private HostTarget Fallback(ServiceInstance instance, long now)
    {
        if (instance.SourceAddress is { } source)
        {
            source = AddressRules.Plain(source);
            if (!AddressRules.IsUseless(source) && !IsOwn(source) && IsOfThisNetwork(source) && FromAddresses([source], now) is { } target)
            {
                return target;
            }
        }

        return hosts.Own;
    }

    /// <summary>
    /// Addresses with the links they may be said on: any of them, since a proxied host may be reached through a router, but link-local
    /// ones only where they mean something.
    /// </summary>
    private List<HostAddress> Announceable(IReadOnlyList<IPAddress> addresses)
    {
        var usable = new List<HostAddress>(addresses.Count);
        foreach (var address in addresses)
        {
            if (!AddressRules.IsLinkLocal(address))
            {
                usable.Add(new HostAddress(address, MdnsRecord.AllLinks));
            }
            else if (LinkOf(address) is { } link)
            {
                usable.Add(new HostAddress(address, link.Index));
            }
        }

        return usable;
    }

    private LinkState? LinkOf(IPAddress linkLocal)
    {
        var isScoped = linkLocal.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && linkLocal.ScopeId != 0;
        if (isScoped)
        {
            return core.Links.Find((int)linkLocal.ScopeId);
        }

        return core.Links.Count == 1 ? core.Links[0] : null;
    }

    private bool IsOfThisNetwork(IPAddress address) =>
        IsOnAnyLink(address) || (AddressRules.IsPrivate(address) && !AddressRules.IsLikelyContainer(address));

    private bool IsOnAnyLink(IPAddress address)
    {
        for (var at = 0; at < core.Links.Count; at++)
        {
            if (core.Links[at].IsOnLink(address))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOwn(IPAddress address)
    {
        for (var at = 0; at < core.Links.Count; at++)
        {
            foreach (var own in core.Links[at].Info.Addresses)
            {
                if (AddressRules.Same(own.Address, address))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
