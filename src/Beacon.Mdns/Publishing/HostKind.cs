namespace Beacon.Mdns.Publishing;

/// <summary>What the host a service registered with turns out to be.</summary>
internal enum HostKind
{
    /// <summary>One or more addresses.</summary>
    Addresses,

    /// <summary>A name under the mDNS domain: that host answers for itself.</summary>
    SelfAnnouncing,

    /// <summary>A name to look up by unicast DNS.</summary>
    Unicast,

    /// <summary>Nothing another machine could use: localhost, a wildcard, an address of this machine's inside.</summary>
    Unusable,
}
