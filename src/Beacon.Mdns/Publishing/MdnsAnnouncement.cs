using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>What the network is told about one service.</summary>
/// <param name="InstanceName">As announced, after cutting and renaming: <c>Kitchen (2)</c>.</param>
/// <param name="Target">SRV target, for example <c>beacon-10-77-1-50.local</c>; empty while unknown.</param>
/// <param name="Addresses">Address records Beacon publishes for the target; empty when the target announces itself.</param>
/// <param name="Reason">A sentence for people when the state needs one; otherwise null.</param>
public sealed record MdnsAnnouncement(
    AnnouncementState State,
    string InstanceName,
    string ServiceType,
    string Target,
    IReadOnlyList<IPAddress> Addresses,
    string? Reason)
{
    /// <summary>In the SRV record.</summary>
    public int Port { get; init; }

    /// <summary>The strings of the TXT record, in order; bytes that are no text are escaped.</summary>
    public IReadOnlyList<string> Txt { get; init; } = [];
}
