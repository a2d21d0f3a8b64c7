using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// From the registry's services to names and records, and through their lives: published, changed, moved to another host, renamed,
/// withdrawn. Owned by the engine's thread; announcements may be read by any.
/// </summary>
internal sealed class ServicePublisher
{
    private readonly ConcurrentDictionary<ServiceId, PublishedService> _services = new();
    private readonly List<PublishedService> _own = [];
    private readonly EngineCore _core;
    private readonly NameBook _names;
    private readonly HostTargets _hosts;
    private readonly HostLookups _lookups;
    private readonly TargetChooser _chooser;
    private readonly ServiceTypes _types;
    private readonly InstanceLabels _labels;
    private readonly IMdnsNameStore _store;
    private readonly AnnouncementPolicy _policy;

    public ServicePublisher(
        EngineCore core,
        NameBook names,
        HostTargets hosts,
        HostLookups lookups,
        DomainName domain,
        IMdnsNameStore store,
        AnnouncementPolicy policy)
    {
        _policy = policy;
        _core = core;
        _names = names;
        _hosts = hosts;
        _lookups = lookups;
        _store = store;
        _types = new ServiceTypes(names, domain);
        _labels = new InstanceLabels(names, domain);
        _chooser = new TargetChooser(core, hosts, lookups, domain);
        hosts.Renamed = OnTargetRenamed;
        hosts.Changed = OnTargetChanged;
    }

    /// <summary>Registered services taken up, Beacon's own not counted. Any thread.</summary>
    public int Count => _services.Count;

    public bool TryGetAnnouncement(ServiceId id, [NotNullWhen(true)] out MdnsAnnouncement? announcement)
    {
        announcement = _services.TryGetValue(id, out var service) ? service.Announcement : null;
        return announcement is not null;
    }

    /// <summary>One of Beacon's own services; its name after a conflict outlives a restart.</summary>
    public void PublishOwn(string label, string serviceType, int port, byte[] txt, long now)
    {
        var service = new PublishedService(this, null, InstanceNames.FromServiceName(label), serviceType) { Port = port, Txt = txt };
        TakeKeptLabel(service);
        _own.Add(service);
        Place(service, now);
    }

    /// <summary>Takes a service up, follows its change, or withholds it for as long as it is down. What has not changed causes no packet.</summary>
    public void Follow(in ServiceView service, long now)
    {
        if (_policy.Announces(service))
        {
            Publish(service.Instance, _policy.MarkOf(service), now);
        }
        else
        {
            // Only down: the name it won is kept for when it is back.
            Withdraw(service.Id, now);
        }
    }

    /// <summary>It is gone: its name is free for others.</summary>
    public void Leave(ServiceInstance instance, long now)
    {
        Withdraw(instance.Id, now);
        _store.Forget(StoreKey(instance.Id, InstanceNames.FromServiceName(instance.Name), MdnsServiceTypes.Plain(instance.MdnsServiceType)));
    }

    private void Withdraw(ServiceId id, long now)
    {
        if (!_services.TryRemove(id, out var service))
        {
            return;
        }

        _chooser.Forget(service);
        Unpublish(service, now, sayGoodbye: true);
        if (service.Target is { } target)
        {
            service.Target = null;
            _hosts.Release(target, service, now);
        }
    }

    private void Publish(ServiceInstance instance, string? mark, long now)
    {
        var label = InstanceNames.FromServiceName(instance.Name);
        var type = MdnsServiceTypes.Plain(instance.MdnsServiceType);
        if (_services.TryGetValue(instance.Id, out var known))
        {
            if (known.PlainLabel == label && known.ServiceType == type)
            {
                Update(known, instance, mark, now);
                return;
            }

            _store.Forget(StoreKey(known));
            Withdraw(instance.Id, now);
        }

        var service = new PublishedService(this, instance, label, type)
        {
            Port = instance.Port,
            Subtypes = MdnsServiceTypes.Subtypes(instance.MdnsServiceType),
            Mark = mark,
            Txt = TxtBuilder.ForService(instance, mark),
        };
        TakeKeptLabel(service);
        _services[instance.Id] = service;
        Place(service, now);
    }

    /// <summary>Makes what is announced equal to <paramref name="services"/>, after events were lost and at start.</summary>
    public void Synchronise(IReadOnlyList<ServiceView> services, long now)
    {
        var wanted = new HashSet<ServiceId>(services.Count);
        var known = new HashSet<ServiceId>(services.Count);
        foreach (var service in services)
        {
            if (service.Status != ServiceStatus.Expired)
            {
                known.Add(service.Id);
            }

            if (_policy.Announces(service))
            {
                wanted.Add(service.Id);
            }
        }

        foreach (var id in _services.Keys)
        {
            if (!wanted.Contains(id) && _services.TryGetValue(id, out var unwanted))
            {
                if (!known.Contains(id))
                {
                    _store.Forget(StoreKey(unwanted));
                }

                Withdraw(id, now);
            }
        }

        foreach (var service in services)
        {
            if (wanted.Contains(service.Id))
            {
                Publish(service.Instance, _policy.MarkOf(service), now);
            }
        }
    }

    /// <summary>What counts as on-link may have changed, and with it where services without a usable host are.</summary>
    public void OnLinksChanged(long now)
    {
        foreach (var (_, service) in _services)
        {
            Place(service, now);
        }
    }

    public void OnLookup(string name, IReadOnlyList<IPAddress> found, long now)
    {
        var users = _lookups.OnResult(name, HostRules.Usable(found), now);
        if (users is null)
        {
            return;
        }

        foreach (var service in users)
        {
            Place(service, now);
        }
    }

    public void OnHeld(PublishedService service, LinkState link, long now)
    {
        if (service.Type is not null)
        {
            _types.OnHeld(service.Type, link, now);
        }

        service.Search.OnHeld();
        KeepLabel(service);
        Tell(service);
    }

    /// <summary>Another host has the instance name: it keeps it, we take the next one (RFC 6762 §9).</summary>
    public void OnLost(PublishedService service, long now)
    {
        service.Search.OnLost(service.PlainLabel, service.Label, now, _core.Log);
        Unpublish(service, now, sayGoodbye: false);
        service.Label = InstanceNames.Next(service.Label);
        TakeName(service, now);
        MdnsLog.ServiceRenamed(_core.Log, service.PlainLabel, service.Label, service.ServiceType);
    }

    /// <summary>A registered service keeps its name for as long as it is registered; one of Beacon's own for as long as it is called so.</summary>
    private static string StoreKey(PublishedService service) =>
        service.Instance is { } instance
            ? StoreKey(instance.Id, service.PlainLabel, service.ServiceType)
            : $"instance/{service.PlainLabel}.{service.ServiceType}";

    private static string StoreKey(ServiceId id, string label, string serviceType) => $"service/{id}/{label}.{serviceType}";

    /// <summary>After a restart the name won last time is asked for first (RFC 6763 appendix D).</summary>
    private void TakeKeptLabel(PublishedService service)
    {
        if (_store.Read(StoreKey(service)) is { } held)
        {
            service.Label = InstanceNames.FromServiceName(held);
        }
    }

    private void KeepLabel(PublishedService service)
    {
        var key = StoreKey(service);
        if (service.Label == (_store.Read(key) ?? service.PlainLabel))
        {
            return;
        }

        if (service.Label == service.PlainLabel)
        {
            _store.Forget(key);
        }
        else
        {
            _store.Write(key, service.Label);
        }
    }

    private void Update(PublishedService service, ServiceInstance instance, string? mark, long now)
    {
        if (ReferenceEquals(service.Instance, instance) && service.Mark == mark)
        {
            return;
        }

        service.Instance = instance;
        service.Mark = mark;
        var txt = TxtBuilder.ForService(instance, mark);
        if (!txt.AsSpan().SequenceEqual(service.Txt))
        {
            service.Txt = txt;
            if (service.Name is not null)
            {
                var old = service.TxtRecord;
                service.TxtRecord = RecordFactory.Txt(service.Name, txt);
                _names.Replace(service.Name, old, service.TxtRecord, now);
            }
        }

        var subtypes = MdnsServiceTypes.Subtypes(instance.MdnsServiceType);
        if (!subtypes.SequenceEqual(service.Subtypes))
        {
            service.Subtypes = subtypes;
            _types.OnSubtypesChanged(service, now);
        }

        if (service.Port != instance.Port)
        {
            service.Port = instance.Port;
            ReplaceSrv(service, now);
        }

        Place(service, now);
    }

    /// <summary>Puts the service on the host it belongs to now.</summary>
    private void Place(PublishedService service, long now)
    {
        var target = _chooser.Choose(service, now);
        if (target == service.Target && target is not null)
        {
            Tell(service);
            return;
        }

        var old = service.Target;
        if (target is not null)
        {
            service.Target = target;
            target.Users.Add(service);
            if (service.Name is null)
            {
                TakeName(service, now);
            }
            else
            {
                ReplaceSrv(service, now);
            }

            if (old is not null)
            {
                _hosts.Release(old, service, now);
            }
        }

        Tell(service);
    }

    private void TakeName(PublishedService service, long now)
    {
        if (!_labels.TryTake(service, out var name) || service.Target is null)
        {
            return;
        }

        service.Name = _names.AddUnique(name, service);
        service.SrvRecord = RecordFactory.Srv(service.Name, service.Port, service.Target.Name);
        service.TxtRecord = RecordFactory.Txt(service.Name, service.Txt);
        service.Name.Add(service.SrvRecord);
        service.Name.Add(service.TxtRecord);
        service.Type = _types.Add(service.ServiceType);
        NameBook.AddPointer(service.Type, service.Name, gate: service.Name);
        _types.AddSubtypes(service);
        _names.Claim(service.Name, now);
        Tell(service);
    }

    private void Unpublish(PublishedService service, long now, bool sayGoodbye)
    {
        if (service.Name is null || service.Type is null)
        {
            return;
        }

        _types.Remove(service.Type, now);
        _names.Withdraw(service.Name, now, sayGoodbye);
        (service.Name, service.Type, service.SrvRecord, service.TxtRecord) = (null, null, null, null);
    }

    private void ReplaceSrv(PublishedService service, long now)
    {
        if (service.Name is null || service.Target is null)
        {
            return;
        }

        var old = service.SrvRecord;
        service.SrvRecord = RecordFactory.Srv(service.Name, service.Port, service.Target.Name);
        _names.Replace(service.Name, old, service.SrvRecord, now);
    }

    private void OnTargetRenamed(HostTarget target, long now)
    {
        foreach (var user in target.Users)
        {
            ReplaceSrv(user, now);
            Tell(user);
        }
    }

    private void OnTargetChanged(HostTarget target)
    {
        foreach (var user in target.Users)
        {
            Tell(user);
        }
    }

    private void Tell(PublishedService service) => service.Announcement = Announcements.Describe(service, _core.Links);
}
