namespace Beacon.Mdns.Browsing;

/// <summary>Hears what a look at the network finds, on the thread that looks.</summary>
public interface IBrowseObserver
{
    /// <summary>Once when it is found, again for each change, and when it is gone. Each interface has its own.</summary>
    void OnService(BrowseEvent what, BrowsedService service);

    /// <summary>A host with the addresses asked for, or an address with its name.</summary>
    void OnHost(BrowseEvent what, BrowsedHost host);
}
