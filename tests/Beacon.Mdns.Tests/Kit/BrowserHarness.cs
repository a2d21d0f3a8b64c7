using Beacon.Mdns.Browsing;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>A look at the network in virtual time, with what it tells.</summary>
internal sealed class BrowserHarness : IBrowseObserver
{
    private readonly IBrowseSession _session;

    public BrowserHarness(BrowseTarget? target, bool twoLinks = false)
    {
        Assert.NotNull(target);
        Network = new QuerierHarness(twoLinks: twoLinks);
        _session = target.Kind is BrowseKind.Host or BrowseKind.Address
            ? new HostFinder(Network.Querier, target, this, Network.Ticks)
            : new ServiceBrowser(Network.Querier, target, this, Network.Ticks);
        Network.Inner = _session;
        Network.Timer = _session.OnTimer;
        Network.TimerDue = () => _session.NextDue;
    }

    public QuerierHarness Network { get; }

    public int Answers => _session.Answers;

    public List<(TimeSpan At, BrowseEvent What, BrowsedService Service)> Services { get; } = [];

    public List<(TimeSpan At, BrowseEvent What, BrowsedHost Host)> Hosts { get; } = [];

    public void OnService(BrowseEvent what, BrowsedService service) => Services.Add((Network.Now, what, service));

    public void OnHost(BrowseEvent what, BrowsedHost host) => Hosts.Add((Network.Now, what, host));
}
