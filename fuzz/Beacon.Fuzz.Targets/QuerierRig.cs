using System.Net;
using Beacon.Mdns.Browsing;
using Beacon.Mdns.Links;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Wire;

namespace Beacon.Fuzz.Targets;

/// <summary>A look at the network in virtual time, with every call, every packet and every piece of news held against what must be.</summary>
internal sealed class QuerierRig : IDatagramSink, IBrowseObserver
{
    /// <summary>Timers in one wait; a querier that keeps waking at one instant passes this at once.</summary>
    private const int MostTurns = 20_000;

    private const long MostBytesPerDatagram = 256 * 1024;
    private const int LargestPayload = 1472;

    private readonly EchoRing _echoes = new();
    private readonly Queue<(int Link, byte[] Bytes)> _looped = new();
    private readonly HashSet<string> _present = [];
    private readonly IBrowseSession _session;
    private readonly QueryEngine _querier;
    private long _now;

    public QuerierRig(int seed, BrowseTarget target, bool sharesPort)
    {
        _querier = new QueryEngine(this, new Random(seed));
        _querier.OnLinksChanged(ScriptLinks.Usual, sharesPort, _now);
        _session = target.Kind is BrowseKind.Host or BrowseKind.Address
            ? new HostFinder(_querier, target, this, _now)
            : new ServiceBrowser(_querier, target, this, _now);
        _querier.Listener = _session;
    }

    public EchoRing Echoes => _echoes;

    public int Sent { get; private set; }

    /// <summary>What was told as found and not as gone.</summary>
    public int Present => _present.Count;

    public int Answers => _session.Answers;

    public int Records => _querier.Links.Sum(link => link.Cache.Count);

    public void Receive(int link, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _querier.OnDatagram(link, source, toGroup, datagram, _now);
        Invariant.Holds(
            GC.GetAllocatedBytesForCurrentThread() - before <= MostBytesPerDatagram, "One datagram made the querier allocate without measure.");
        CheckBounds();
    }

    public void Advance(TimeSpan time)
    {
        var until = _now + time.Ticks;
        for (var turns = 0; Math.Min(_querier.NextDue, _session.NextDue) is var due && due <= until; turns++)
        {
            Invariant.Holds(turns < MostTurns, "The querier does not come to rest.");
            _now = Math.Max(_now, due);
            _querier.OnTimer(_now);
            _session.OnTimer(_now);
            while (_looped.TryDequeue(out var packet))
            {
                Receive(packet.Link, ScriptSources.At(3), toGroup: true, packet.Bytes);
            }
        }

        _now = until;
    }

    public void SetLinks(IReadOnlyList<LinkInfo> links)
    {
        _querier.OnLinksChanged(links, sharesPort: false, _now);
        CheckBounds();
    }

    public void OnService(BrowseEvent what, BrowsedService service)
    {
        Invariant.Holds(service.Port is >= 0 and <= ushort.MaxValue && service.Instance.Length > 0, "A service without a name was told.");
        Invariant.Holds(!service.Instance.Any(char.IsControl) && !service.Txt.Any(x => x.Key.Any(char.IsControl)), "A control character was told.");
        Note(what, service.Interface + "/" + Folded(service.FullName));
    }

    public void OnHost(BrowseEvent what, BrowsedHost host)
    {
        Invariant.Holds(host.Addresses.Count > 0, "A host without an address was told.");
        Note(what, host.Interface);
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        Invariant.Holds(false, "A querier sends to the group only.");

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        _echoes.Add(datagram);
        Invariant.Holds(datagram.Length <= LargestPayload, "A datagram is larger than the link carries.");
        Invariant.Holds(MessageReader.Open(datagram, out var reader) == WireError.None, "A datagram without a header went out.");
        Invariant.Holds(!reader.Header.IsResponse, "A querier answered.");
        while (reader.TryReadRecord(out var record))
        {
            Invariant.Holds(record.Section == Section.Answer && !record.CacheFlush && record.Ttl > 0, "A known answer is none.");
        }

        Invariant.Holds(reader.Error == WireError.None && reader.SkippedRecords == 0, "What went out is no whole message.");
        _looped.Enqueue((linkIndex, datagram.ToArray()));
    }

    /// <summary>Only ASCII letters match whatever their case (RFC 6762 §16).</summary>
    private static string Folded(string name) => string.Concat(name.Select(x => char.IsAsciiLetterLower(x) ? char.ToUpperInvariant(x) : x));

    private void Note(BrowseEvent what, string key)
    {
        Invariant.Holds(
            what switch
            {
                BrowseEvent.Found => _present.Add(key),
                BrowseEvent.Gone => _present.Remove(key),
                _ => _present.Contains(key),
            },
            "News do not fit what was told before: " + what + " " + key);
    }

    private void CheckBounds()
    {
        foreach (var link in _querier.Links)
        {
            Invariant.Holds(link.Cache.Count <= QuerierLimits.Records && link.Cache.Bytes <= QuerierLimits.Bytes, "The memory has no bound.");
            Invariant.Holds((link.Cache.Count == 0) == (link.Cache.Bytes == 0), "The memory does not know its size.");
        }
    }
}
