using System.Net;
using System.Text;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;

namespace Beacon.Mdns.Publishing;

/// <summary>All hosts that services are on, each with one name and one set of addresses however many services it has. Owned by the engine's thread.</summary>
internal sealed class HostTargets
{
    private const string OwnKey = "own";

    private readonly Dictionary<string, HostTarget> _targets = new(StringComparer.Ordinal);
    private readonly EngineCore _core;
    private readonly NameBook _names;
    private readonly DomainName _domain;
    private readonly IMdnsNameStore _store;
    private readonly string _storeKey;

    public HostTargets(EngineCore core, NameBook names, DomainName domain, string ownLabel, IMdnsNameStore store)
    {
        _core = core;
        _names = names;
        _domain = domain;
        _store = store;
        var plain = HostNames.Sanitise(ownLabel);
        _storeKey = "host/" + plain;
        Own = new HostTarget(this, OwnKey, plain);
        if (store.Read(_storeKey) is { } held && HostNames.Sanitise(held) == held)
        {
            Own.Label = held;
        }

        _targets.Add(OwnKey, Own);
    }

    /// <summary>Beacon's own host, with the addresses of each link on that link only (RFC 6762 §14).</summary>
    public HostTarget Own { get; }

    /// <summary>The target has another name: every SRV that leads to it must say so.</summary>
    public Action<HostTarget, long>? Renamed { get; set; }

    /// <summary>The target's state or addresses changed, its name did not.</summary>
    public Action<HostTarget>? Changed { get; set; }

    public void Start(long now) => TakeName(Own, now);

    /// <summary>The host with exactly these addresses; they must not be empty.</summary>
    public HostTarget ForAddresses(IReadOnlyList<HostAddress> addresses, long now)
    {
        var key = new StringBuilder("ip");
        var plain = new List<IPAddress>(addresses.Count);
        foreach (var address in addresses)
        {
            key.Append(' ').Append(address.Address).Append('@').Append(address.OnLink);
            plain.Add(address.Address);
        }

        return GetOrAdd(key.ToString(), HostNames.FromAddresses(plain), addresses, now);
    }

    /// <summary>The host a unicast name leads to; keeps its name when its addresses change.</summary>
    public HostTarget ForUnicastName(string name, IReadOnlyList<HostAddress> addresses, long now)
    {
        var target = GetOrAdd("dns " + name, HostNames.FromUnicastName(name), addresses, now);
        SetAddresses(target, addresses, now);
        return target;
    }

    /// <summary>A host that answers for its own name; null when that name is no name.</summary>
    public HostTarget? ForSelfAnnouncing(string name)
    {
        if (string.Equals(name, Own.Text, StringComparison.OrdinalIgnoreCase))
        {
            return Own;
        }

        var key = "mdns " + name;
        if (_targets.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!DomainName.TryParse(name, out var wire))
        {
            return null;
        }

        var target = new HostTarget(this, key, name) { Name = wire };
        _targets.Add(key, target);
        return target;
    }

    /// <summary>Its last user is gone: so are the addresses, unless they are our own.</summary>
    public void Release(HostTarget target, PublishedService user, long now)
    {
        target.Users.Remove(user);
        if (target.Users.Count > 0 || target == Own)
        {
            return;
        }

        _targets.Remove(target.Key);
        if (target.Owned is not null)
        {
            _names.Withdraw(target.Owned, now, sayGoodbye: true);
            target.Owned = null;
        }
    }

    /// <summary>The links as they are now; only Beacon's own host has addresses that depend on them.</summary>
    public void OnLinksChanged(long now)
    {
        var addresses = new List<HostAddress>();
        for (var at = 0; at < _core.Links.Count; at++)
        {
            var link = _core.Links[at];
            foreach (var address in link.Info.Addresses)
            {
                addresses.Add(new HostAddress(address.Address, link.Index));
            }
        }

        SetAddresses(Own, addresses, now);
    }

    public void OnHeld(HostTarget target)
    {
        target.Search.OnHeld();
        if (target == Own && target.Label != (_store.Read(_storeKey) ?? target.PlainLabel))
        {
            _store.Write(_storeKey, target.Label);
        }

        Changed?.Invoke(target);
    }

    /// <summary>Another host has the name: it keeps it, we take the next one (RFC 6762 §9).</summary>
    public void OnLost(HostTarget target, long now)
    {
        if (target.Owned is null)
        {
            return;
        }

        target.Search.OnLost(target.PlainLabel, target.Label, now, _core.Log);
        _names.Withdraw(target.Owned, now, sayGoodbye: false);
        target.Label = HostNames.Next(target.PlainLabel, target.Label);
        TakeName(target, now);
        MdnsLog.HostRenamed(_core.Log, target.Text);
        Renamed?.Invoke(target, now);
    }

    private HostTarget GetOrAdd(string key, string label, IReadOnlyList<HostAddress> addresses, long now)
    {
        if (_targets.TryGetValue(key, out var known))
        {
            return known;
        }

        var target = new HostTarget(this, key, label);
        _targets.Add(key, target);
        target.Addresses.AddRange(addresses);
        TakeName(target, now);
        return target;
    }

    private void TakeName(HostTarget target, long now)
    {
        while (_names.IsTaken(target.Name = _domain.Under(target.Label)))
        {
            target.Label = HostNames.Next(target.PlainLabel, target.Label);
        }

        target.Owned = _names.AddUnique(target.Name, target);
        foreach (var address in target.Addresses)
        {
            target.Owned.Add(RecordFactory.Address(target.Owned, address.Address, address.OnLink));
        }

        _names.Claim(target.Owned, now);
    }

    private void SetAddresses(HostTarget target, IReadOnlyList<HostAddress> addresses, long now)
    {
        if (target.Owned is not { } owned)
        {
            return;
        }

        var changed = false;
        // New ones first: as long as one of a type is left, the flush bit tells of the change and no goodbye is needed.
        foreach (var address in addresses)
        {
            if (!Contains(owned, address))
            {
                _names.Replace(owned, null, RecordFactory.Address(owned, address.Address, address.OnLink), now);
                changed = true;
            }
        }

        for (var at = owned.Records.Count - 1; at >= 0; at--)
        {
            var record = owned.Records[at];
            if (!Contains(addresses, record))
            {
                _names.Replace(owned, record, null, now);
                changed = true;
            }
        }

        if (changed)
        {
            target.Addresses.Clear();
            target.Addresses.AddRange(addresses);
            Changed?.Invoke(target);
        }
    }

    private static bool Contains(IReadOnlyList<HostAddress> addresses, MdnsRecord record)
    {
        foreach (var address in addresses)
        {
            if (IsSame(address, record))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(OwnedName owned, HostAddress address)
    {
        foreach (var record in owned.Records)
        {
            if (IsSame(address, record))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(HostAddress address, MdnsRecord record)
    {
        const int MostBytes = 16;
        Span<byte> bytes = stackalloc byte[MostBytes];
        return address.OnLink == record.OnLink
            && address.Address.TryWriteBytes(bytes, out var length)
            && bytes[..length].SequenceEqual(record.Rdata);
    }
}
