using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// A host that SRV records lead to, shared by all services on it. Either we own its name and its address records, or the host
/// announces itself and we own nothing of it. Owned by the engine's thread.
/// </summary>
internal sealed class HostTarget(HostTargets targets, string key, string plainLabel) : IClaimant
{
    /// <summary>What makes two services' hosts the same host.</summary>
    public string Key { get; } = key;

    /// <summary>First label before any conflict.</summary>
    public string PlainLabel { get; } = plainLabel;

    /// <summary>First label as claimed now.</summary>
    public string Label { get; set; } = plainLabel;

    public NameSearch Search { get; } = new();

    /// <summary>Uncompressed wire form.</summary>
    public byte[] Name
    {
        get;
        set
        {
            field = value;
            Text = WireName.ToText(value).TrimEnd('.');
        }
    } = [];

    /// <summary>Null when the host announces itself.</summary>
    public OwnedName? Owned { get; set; }

    public List<HostAddress> Addresses { get; } = [];

    public HashSet<PublishedService> Users { get; } = [];

    /// <summary>Without a final dot, for people.</summary>
    public string Text { get; private set; } = "";

    public IReadOnlyList<IPAddress> AnnouncedAddresses()
    {
        var addresses = new List<IPAddress>(Addresses.Count);
        foreach (var address in Addresses)
        {
            addresses.Add(address.Address);
        }

        return addresses;
    }

    public void OnHeld(OwnedName name, LinkState link, long now) => targets.OnHeld(this);

    public void OnLost(OwnedName name, long now) => targets.OnLost(this, now);
}
