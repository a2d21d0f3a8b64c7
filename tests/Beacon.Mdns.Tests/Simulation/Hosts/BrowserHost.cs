using System.Net;
using Beacon.Mdns.Browsing;
using Beacon.Mdns.Links;
using Beacon.Mdns.Querying;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>A machine on which somebody typed <c>beacon browse --follow</c>: the querier, and what it told so far.</summary>
internal sealed class BrowserHost(string name, FakeNetwork network, int seed) : SimHost(name), IDatagramSink, IBrowseObserver
{
    private readonly Dictionary<string, BrowsedService> _told = new(StringComparer.OrdinalIgnoreCase);
    private QueryEngine? _querier;
    private IBrowseSession? _session;
    private long _wakeAt = SimTime.Never;

    public override bool HearsItself => true;

    /// <summary>What is there as far as it was told, by full name.</summary>
    public IReadOnlyDictionary<string, BrowsedService> Told => _told;

    public void Start()
    {
        network.Note($"{Name} looks around");
        _querier = new QueryEngine(this, new Random(seed));
        _querier.OnLinksChanged([.. Ports.Select(port => port.Info)], sharesPort: false, network.Now);
        _session = new ServiceBrowser(_querier, BrowseTarget.Everything("local"), this, network.Now);
        _querier.Listener = _session;
        Reschedule();
    }

    public void Stop()
    {
        IsAlive = false;
        _querier = null;
        _told.Clear();
    }

    public override void Receive(Port port, WirePacket packet)
    {
        if (_querier is not null)
        {
            _querier.OnDatagram(port.Index, packet.Source, packet.Destination is null, packet.Bytes, network.Now);
            Reschedule();
        }
    }

    public void OnService(BrowseEvent what, BrowsedService service)
    {
        network.Note($"{Name}: {what} {service.FullName} {service.Host}:{service.Port} {string.Join(' ', service.Addresses)}");
        if (what == BrowseEvent.Found == _told.ContainsKey(service.FullName))
        {
            throw new SimulationFailure($"{Name} was told {what} of {service.FullName}, which does not fit what it was told before");
        }

        if (what == BrowseEvent.Gone)
        {
            _told.Remove(service.FullName);
        }
        else
        {
            _told[service.FullName] = service;
        }
    }

    public void OnHost(BrowseEvent what, BrowsedHost host) => throw new SimulationFailure("Nobody asked for a host.");

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        if (PortOf(linkIndex) is { } port)
        {
            network.Multicast(port, ipv6, datagram.ToArray());
        }
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        throw new SimulationFailure($"{Name} sent to {destination}; a querier speaks to the group");

    private void Reschedule()
    {
        var due = Math.Max(network.Now, Math.Min(_querier!.NextDue, _session!.NextDue));
        if (due < _wakeAt && due != MdnsTimings.Idle)
        {
            _wakeAt = due;
            network.At(due, Wake);
        }
    }

    private void Wake()
    {
        if (_querier is null || network.Now != _wakeAt)
        {
            return;
        }

        _wakeAt = SimTime.Never;
        _querier.OnTimer(network.Now);
        _session!.OnTimer(network.Now);
        Reschedule();
    }
}
