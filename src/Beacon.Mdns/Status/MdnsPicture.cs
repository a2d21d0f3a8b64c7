namespace Beacon.Mdns.Status;

/// <summary>All of mDNS at one instant. Never changed after it is handed out.</summary>
/// <param name="SharesPort">Another responder on this host, such as avahi-daemon, has port 5353 too (RFC 6762 §15).</param>
/// <param name="Conflicts">Names lost to others since the start.</param>
/// <param name="DroppedBySystem">Datagrams that nobody read in time.</param>
/// <param name="NotOurLink">Datagrams from interfaces that are not in use.</param>
public sealed record MdnsPicture(
    string Domain,
    string HostName,
    bool SharesPort,
    IReadOnlyList<LinkPicture> Links,
    IReadOnlyList<NameEntry> Names,
    long Conflicts,
    ConflictPicture? LastConflict,
    long DroppedBySystem,
    long NotOurLink);
