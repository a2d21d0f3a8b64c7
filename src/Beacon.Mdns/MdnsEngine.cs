using System.Diagnostics.CodeAnalysis;
using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Records;
using Beacon.Mdns.Responding;
using Beacon.Mdns.Status;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Wire;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns;

/// <summary>
/// The whole of mDNS without sockets, clock or threads: datagrams, instants, links and registry events go in, datagrams come out of the
/// sink. Given the same inputs and the same seed it does the same. One thread at a time.
/// </summary>
/// <remarks>After any call the caller must come back with <see cref="OnTimer"/> at <see cref="NextDue"/>.</remarks>
internal sealed class MdnsEngine
{
    private readonly EngineCore _core;
    private readonly MdnsOptions _options;
    private readonly Responder _responder;
    private readonly ForeignAnswers _foreign;
    private readonly UpdateSchedule _updates;
    private readonly HostTargets _hosts;
    private readonly HostLookups _lookups;
    private readonly ServicePublisher _services;
    private long _notOurLink;

    /// <param name="startLookup">Begins looking up a unicast host name; the result comes back through <see cref="OnLookup"/>.</param>
    public MdnsEngine(
        MdnsOptions options,
        IDatagramSink sink,
        IMdnsNameStore store,
        Action<string> startLookup,
        Random random,
        MdnsMetrics metrics,
        ILogger log)
    {
        _options = options;
        _core = new EngineCore(sink, random, metrics, log) { UnicastAnswersPerSecond = options.UnicastAnswersPerSecond };
        var conflicts = new ConflictHandler(_core);
        _updates = new UpdateSchedule(_core);
        _responder = new Responder(_core);
        _foreign = new ForeignAnswers(_core, conflicts);
        var names = new NameBook(_core, conflicts, _updates);
        var domain = new DomainName(options.Domain);
        _hosts = new HostTargets(_core, names, domain, options.HostName, store);
        _lookups = new HostLookups(startLookup);
        _services = new ServicePublisher(_core, names, _hosts, _lookups, domain, store, new AnnouncementPolicy(options.Unhealthy, options.Maintenance));
    }

    /// <summary>When <see cref="OnTimer"/> has something to do; <see cref="MdnsTimings.Idle"/> when nothing is pending.</summary>
    public long NextDue
    {
        get
        {
            var next = Math.Min(_updates.NextDue, _lookups.NextDue);
            for (var at = 0; at < _core.Links.Count; at++)
            {
                next = Math.Min(next, _core.Links[at].NextDue);
            }

            return next;
        }
    }

    /// <summary>Beacon's own host name without a final dot, as claimed now. Any thread: a reference that is replaced whole.</summary>
    public string HostName => _hosts.Own.Text;

    public int ServiceCount => _services.Count;

    public int NameCount => _core.Names.UniqueCount;

    /// <summary>True when no goodbye waits to be sent.</summary>
    public bool IsQuiet
    {
        get
        {
            for (var at = 0; at < _core.Links.Count; at++)
            {
                if (!_core.Links[at].Goodbyes.IsIdle)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes up Beacon's own names and the services there are.</summary>
    public void Start(IReadOnlyList<LinkInfo> links, bool sharesPort, IReadOnlyList<ServiceView> services, long now)
    {
        _hosts.Start(now);
        OwnServices.Publish(_services, _options, now);
        OnLinksChanged(links, sharesPort, now);
        _services.Synchronise(services, now);
    }

    public void OnDatagram(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram, long now)
    {
        _core.Metrics.Received();
        if (_core.Links.Find(linkIndex) is not { } link)
        {
            _notOurLink++;
            return;
        }

        link.Counters.Received++;

        if (MessageReader.Open(datagram, out var reader) != WireError.None
            || reader.Header.Opcode != 0 || reader.Header.ResponseCode != 0)
        {
            link.Counters.Drop(DropReason.NotUnderstood);
            return;
        }

        if (reader.Header.IsResponse)
        {
            _foreign.OnResponse(link, source, toGroup, ref reader, now);
        }
        else
        {
            _responder.OnQuery(link, source, toGroup, datagram, ref reader, now);
        }

        if (reader.Error != WireError.None)
        {
            link.Counters.Drop(DropReason.Damaged);
        }

        Settle(link, now);
    }

    public void OnTimer(long now)
    {
        _lookups.OnTimer(now);
        _updates.OnTimer(now);
        for (var at = 0; at < _core.Links.Count; at++)
        {
            var link = _core.Links[at];
            _responder.OnTimer(link, now);
            link.Prober.OnTimer(now);
            link.Announcer.OnTimer(now);
            link.Goodbyes.OnTimer(now);
            Settle(link, now);
        }
    }

    /// <summary>The links as they are now. New ones are probed and announced on, changed addresses are announced.</summary>
    public void OnLinksChanged(IReadOnlyList<LinkInfo> links, bool sharesPort, long now)
    {
        _core.SharesPort = sharesPort;
        var widened = new List<LinkState>();
        for (var at = _core.Links.Count - 1; at >= 0; at--)
        {
            var link = _core.Links[at];
            if (Find(links, link.Index) is { } info)
            {
                if ((info.HasIPv4 && !link.Info.HasIPv4) || (info.HasIPv6 && !link.Info.HasIPv6))
                {
                    widened.Add(link);
                }

                link.Info = info;
                continue;
            }

            MdnsLog.LinkDown(_core.Log, link.Info.Name);
            _core.Links.Remove(link);
        }

        var added = new List<LinkState>();
        foreach (var info in links)
        {
            if (_core.Links.Find(info.Index) is null && AddLink(info) is { } link)
            {
                added.Add(link);
            }
        }

        _hosts.OnLinksChanged(now);
        _services.OnLinksChanged(now);
        foreach (var link in added)
        {
            ClaimAll(link, now);
        }

        foreach (var link in widened)
        {
            AnnounceAll(link, now);
        }
    }

    /// <summary>The machine slept, and other hosts may have come and gone: every name is asked for again (RFC 6762 §8).</summary>
    public void OnResumed(long now)
    {
        for (var at = 0; at < _core.Links.Count; at++)
        {
            ClaimAll(_core.Links[at], now);
        }
    }

    /// <summary>One event of the registry, in order.</summary>
    public void OnRegistryEvent(in RegistryEvent registryEvent, long now)
    {
        if (registryEvent.Service is not { } service)
        {
            return;
        }

        switch (registryEvent.Kind)
        {
            case RegistryEventKind.Registered or RegistryEventKind.Updated or RegistryEventKind.Revived or RegistryEventKind.HealthChanged:
                _services.Follow(service, now);
                break;
            case RegistryEventKind.Expired or RegistryEventKind.Deregistered or RegistryEventKind.Removed:
                _services.Leave(service.Instance, now);
                break;
            default:
                break;
        }
    }

    /// <summary>Events were lost: everything is compared with what is announced.</summary>
    public void Synchronise(IReadOnlyList<ServiceView> services, long now) => _services.Synchronise(services, now);

    public void OnLookup(string name, IReadOnlyList<IPAddress> addresses, long now) => _services.OnLookup(name, addresses, now);

    /// <summary>Any thread.</summary>
    public bool TryGetAnnouncement(ServiceId id, [NotNullWhen(true)] out MdnsAnnouncement? announcement) =>
        _services.TryGetAnnouncement(id, out announcement);

    /// <summary>Everything there is to know at this instant.</summary>
    /// <param name="droppedBySystem">What only the transport knows.</param>
    public MdnsPicture TakePicture(long droppedBySystem, long now)
    {
        var names = PictureTaker.Names(_core);
        var links = new List<LinkPicture>(_core.Links.Count);
        for (var at = 0; at < _core.Links.Count; at++)
        {
            links.Add(PictureTaker.Link(_core.Links[at], at, names));
        }

        return new MdnsPicture(
            _options.Domain,
            HostName,
            _core.SharesPort,
            links,
            names,
            _core.Metrics.ConflictCount,
            PictureTaker.LastConflict(_core, now),
            droppedBySystem,
            _notOurLink);
    }

    /// <summary>
    /// Says goodbye for everything, pointers first, because they are what people see in lists. Nothing is answered from now on; the
    /// caller drives timers until <see cref="IsQuiet"/>. Returns how many names were given back.
    /// </summary>
    public int Stop(long now)
    {
        var names = _core.Names.ToList();
        foreach (var name in names)
        {
            if (!name.IsUnique)
            {
                SayGoodbye(name, now);
            }
        }

        foreach (var name in names)
        {
            if (name.IsUnique)
            {
                SayGoodbye(name, now);
            }
        }

        foreach (var name in names)
        {
            foreach (var record in name.Records)
            {
                record.Withdrawn = true;
            }

            for (var at = 0; at < _core.Links.Count; at++)
            {
                _core.Links[at].Prober.Stop(name);
            }

            _core.Names.Remove(name);
        }

        for (var at = 0; at < _core.Links.Count; at++)
        {
            _core.Links[at].Goodbyes.SendNow(now);
        }

        return names.Count;
    }

    private void SayGoodbye(OwnedName name, long now)
    {
        for (var at = 0; at < _core.Links.Count; at++)
        {
            foreach (var record in name.Records)
            {
                _core.Links[at].Goodbyes.Say(record, now);
            }
        }
    }

    private static void Settle(LinkState link, long now)
    {
        link.Answers.OnTimer(now);
        link.Replies.OnTimer(now);
    }

    private LinkState? AddLink(LinkInfo info)
    {
        var slot = _core.Links.FreeSlot();
        if (slot < 0)
        {
            MdnsLog.TooManyLinks(_core.Log, info.Name, MdnsLimits.Links);
            return null;
        }

        foreach (var name in _core.Names.ToList())
        {
            name.Forget(slot);
        }

        var link = new LinkState(slot, info, _core);
        _core.Links.Add(link);
        MdnsLog.LinkUp(_core.Log, info.Name);
        return link;
    }

    private void ClaimAll(LinkState link, long now)
    {
        foreach (var name in _core.Names.ToList())
        {
            if (name.IsUnique)
            {
                link.Prober.Start(name, now);
            }
        }
    }

    /// <summary>Hosts that speak only the new family have not heard of us; the names are ours on this link all the same (§20).</summary>
    private void AnnounceAll(LinkState link, long now)
    {
        foreach (var name in _core.Names.ToList())
        {
            if (name.IsUnique && name.IsHeldOn(link))
            {
                link.Announcer.Announce(name, now);
            }
        }
    }

    private static LinkInfo? Find(IReadOnlyList<LinkInfo> links, int index)
    {
        foreach (var link in links)
        {
            if (link.Index == index)
            {
                return link;
            }
        }

        return null;
    }
}
