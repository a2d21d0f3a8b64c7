namespace Beacon.Mdns.Browsing;

public enum BrowseEvent
{
    Found,

    /// <summary>Found before, and now with other data.</summary>
    Changed,

    /// <summary>Taken back, expired, or its interface is gone.</summary>
    Gone,
}
