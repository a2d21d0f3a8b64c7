using System.Net;
using Beacon.Mdns.Publishing;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api;

/// <summary>What the API must know of how the program was started.</summary>
/// <param name="FindAnnouncement">
/// What the network is told about a service, null for nothing; itself null when mDNS is switched off. Called by any thread.
/// </param>
internal sealed record ApiSettings(Func<ServiceId, MdnsAnnouncement?>? FindAnnouncement)
{
    /// <summary>True while what is in memory may be nothing only because the database that knows more was never reached.</summary>
    public Func<bool> IsBlind { get; init; } = () => false;

    /// <summary>Told the type of each discovery, null for any. Called by any thread.</summary>
    public Action<string?> OnDiscovery { get; init; } = _ => { };

    /// <summary>
    /// What forbids a health check's URL for a service with this host, registered from this address, as the end of a sentence; null:
    /// nothing that can be known before it is used.
    /// </summary>
    public Func<string, string, IPAddress?, string?> FindUrlProblem { get; init; } = (_, _, _) => null;

    public bool AnnouncesOverMdns => FindAnnouncement is not null;
}
