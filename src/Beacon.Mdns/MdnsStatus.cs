using Beacon.Mdns.Transport;

namespace Beacon.Mdns;

/// <summary>How mDNS stands, as one consistent picture. Never changed after it is handed out.</summary>
/// <param name="Running">True from the first moment sockets are open until the goodbyes are sent.</param>
/// <param name="HostName">Beacon's own host name as held now, for example <c>beacon-2.local</c>; empty before the first announcement.</param>
/// <param name="Links">Interfaces in use, with their addresses.</param>
/// <param name="Services">Registered services that are announced or about to be; Beacon's own two are not counted.</param>
/// <param name="Names">Unique names probed for or held.</param>
/// <param name="Conflicts">Names lost to others since start.</param>
/// <param name="PacketsDropped">Received, but thrown away because the inbox was full.</param>
public sealed record MdnsStatus(
    bool Running,
    string Domain,
    string HostName,
    IReadOnlyList<LinkInfo> Links,
    int Services,
    int Names,
    long Conflicts,
    long PacketsIn,
    long PacketsOut,
    long PacketsDropped);
