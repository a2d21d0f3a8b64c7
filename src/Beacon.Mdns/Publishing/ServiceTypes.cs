using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// Service types in use, each with its entry in the list of types, which goes when the type's last instance goes
/// (RFC 6763 §9, RFC 6762 §10.1). Owned by the engine's thread.
/// </summary>
internal sealed class ServiceTypes(NameBook names, DomainName domain)
{
    private const string ListOfTypes = "_services._dns-sd._udp";

    private readonly Dictionary<OwnedName, Entry> _types = [];

    /// <summary>One more instance of the type.</summary>
    public OwnedName Add(string serviceType)
    {
        var type = names.Shared(domain.ForType(serviceType));
        if (!_types.TryGetValue(type, out var entry))
        {
            entry = new Entry();
            _types.Add(type, entry);
        }

        entry.Instances++;
        return type;
    }

    /// <summary>An instance of the type can be found on this link: then the type must be in the list of types there.</summary>
    public void OnHeld(OwnedName type, LinkState link, long now)
    {
        var entry = _types[type];
        entry.Listed ??= NameBook.AddPointer(names.Shared(domain.ForType(ListOfTypes)), type, gate: null);
        NameBook.AnnounceIfNew(entry.Listed, link, now);
    }

    /// <summary>
    /// Pointers from the service's subtypes to it (RFC 6763 §7.1). Subtypes are not in the list of types, and go with the instance like
    /// every pointer to it.
    /// </summary>
    public void AddSubtypes(PublishedService service)
    {
        foreach (var subtype in service.Subtypes)
        {
            var shared = names.Shared(domain.ForSubtype(subtype, service.ServiceType));
            if (!service.Name!.Pointers.Exists(x => x.Owner == shared))
            {
                NameBook.AddPointer(shared, service.Name, gate: service.Name);
            }
        }
    }

    /// <summary>Takes back the pointers of subtypes it no longer has, and announces those of new ones.</summary>
    public void OnSubtypesChanged(PublishedService service, long now)
    {
        if (service.Name is not { } name)
        {
            return;
        }

        var wanted = service.Subtypes.Select(x => domain.ForSubtype(x, service.ServiceType)).ToList();
        foreach (var pointer in name.Pointers.Where(x => x.Owner != service.Type && !wanted.Exists(y => WireName.Equals(y, x.Owner.Name))).ToList())
        {
            names.WithdrawPointer(pointer, name, now, sayGoodbye: true);
        }

        AddSubtypes(service);
        names.AnnouncePointers(name, now);
    }

    /// <summary>One instance less. Called before the instance's own pointer is withdrawn, so that the type's name is still there.</summary>
    public void Remove(OwnedName type, long now)
    {
        var entry = _types[type];
        if (--entry.Instances > 0)
        {
            return;
        }

        _types.Remove(type);
        if (entry.Listed is not null)
        {
            names.WithdrawPointer(entry.Listed, type, now, sayGoodbye: true);
        }
    }

    private sealed class Entry
    {
        public int Instances { get; set; }

        /// <summary>Null until the first instance is held somewhere.</summary>
        public MdnsRecord? Listed { get; set; }
    }
}
