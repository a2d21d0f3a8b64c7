namespace Beacon.Mdns.Browsing;

public enum BrowseKind
{
    Everything,

    /// <summary>All instances of one service type.</summary>
    Type,

    /// <summary>One service instance.</summary>
    Instance,

    /// <summary>The addresses of a host name.</summary>
    Host,

    /// <summary>The name of an address.</summary>
    Address,
}
