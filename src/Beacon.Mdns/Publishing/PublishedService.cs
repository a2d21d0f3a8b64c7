using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// One service as the network sees it. Owned by the engine's thread, but for <see cref="Announcement"/>, which any thread may read.
/// </summary>
internal sealed class PublishedService(ServicePublisher publisher, ServiceInstance? instance, string plainLabel, string serviceType) : IClaimant
{
    private volatile MdnsAnnouncement? _announcement;

    /// <summary>What was registered; null for Beacon's own services.</summary>
    public ServiceInstance? Instance { get; set; } = instance;

    /// <summary>Instance label before any conflict.</summary>
    public string PlainLabel { get; } = plainLabel;

    /// <summary>Instance label as claimed now.</summary>
    public string Label { get; set; } = plainLabel;

    public NameSearch Search { get; } = new();

    /// <summary>Without domain: <c>_http._tcp</c>.</summary>
    public string ServiceType { get; } = serviceType;

    /// <summary>Narrower kinds it is found under as well.</summary>
    public IReadOnlyList<string> Subtypes { get; set; } = [];

    public int Port { get; set; }

    /// <summary>Told as <c>status</c> in the TXT record; null: nothing is.</summary>
    public string? Mark { get; set; }

    /// <summary>Data of the TXT record.</summary>
    public byte[] Txt { get; set; } = [];

    /// <summary>Null while its address is not known yet, or when it is refused.</summary>
    public OwnedName? Name { get; set; }

    public OwnedName? Type { get; set; }

    public MdnsRecord? SrvRecord { get; set; }

    public MdnsRecord? TxtRecord { get; set; }

    public HostTarget? Target { get; set; }

    /// <summary>Unicast name whose look-up it waits for or follows; null when its host needs none.</summary>
    public string? LookedUp { get; set; }

    public MdnsAnnouncement? Announcement
    {
        get => _announcement;
        set => _announcement = value;
    }

    public void OnHeld(OwnedName name, LinkState link, long now) => publisher.OnHeld(this, link, now);

    public void OnLost(OwnedName name, long now) => publisher.OnLost(this, now);
}
