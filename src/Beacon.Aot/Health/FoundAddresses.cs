using System.Net;
using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Health;

/// <summary>Collects the addresses of one host as the network tells them, on every interface.</summary>
internal sealed class FoundAddresses : IBrowseObserver
{
    private readonly List<IPAddress> _addresses = [];

    public IReadOnlyList<IPAddress> Addresses => _addresses;

    public void OnService(BrowseEvent what, BrowsedService service)
    {
        // Only a host was asked for.
    }

    public void OnHost(BrowseEvent what, BrowsedHost host)
    {
        if (what == BrowseEvent.Gone)
        {
            return;
        }

        foreach (var address in host.Addresses)
        {
            if (!_addresses.Contains(address))
            {
                _addresses.Add(address);
            }
        }
    }
}
