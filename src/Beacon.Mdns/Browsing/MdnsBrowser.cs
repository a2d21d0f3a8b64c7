using System.Net;
using Beacon.Mdns.Loop;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Browsing;

/// <summary>Looks around on the network, once or until it is told to stop. Announces nothing.</summary>
/// <remarks>The transport stays the caller's. One look for each.</remarks>
public sealed class MdnsBrowser
{
    private readonly IMulticastTransport _transport;
    private readonly TimeProvider _time;
    private readonly QueryEngine _engine;
    private readonly long _origin;
    private long _newsAt;

    public MdnsBrowser(IMulticastTransport transport, TimeProvider time)
        : this(transport, time, Random.Shared.Next())
    {
    }

    /// <param name="seed">Of all random waits.</param>
    internal MdnsBrowser(IMulticastTransport transport, TimeProvider time, int seed)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_transport, _time) = (transport, time);
        _origin = time.GetTimestamp();
        _engine = new QueryEngine(new TransportSink(transport), new Random(seed));
    }

    /// <summary>Links that were looked at, as they are now.</summary>
    public IReadOnlyList<LinkInfo> Links => _transport.Links;

    /// <summary>Records not kept and questions not asked because a bound of <see cref="QuerierLimits"/> was reached.</summary>
    public long Refused => _engine.Refused;

    /// <summary>
    /// Looks on the calling thread. Without <paramref name="follow"/> it ends when nothing new comes, at the latest after
    /// <paramref name="atMost"/>; one name is looked for until it is found.
    /// </summary>
    /// <param name="atMost">Null: six seconds, which is three queries.</param>
    /// <returns>How many things are there at the end.</returns>
    public int Run(BrowseTarget target, IBrowseObserver observer, bool follow, TimeSpan? atMost, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(target);
        _transport.Start();
        using var wake = stopping.Register(_transport.Wake);
        _engine.OnLinksChanged(_transport.Links, _transport.SharesPort, Now);
        var start = Now;
        IBrowseSession session = target.Kind is BrowseKind.Host or BrowseKind.Address
            ? new HostFinder(_engine, target, observer, start)
            : new ServiceBrowser(_engine, target, observer, start);
        var listener = new NewsListener(session, () => _newsAt = Now);
        _engine.Listener = listener;
        var limit = follow ? MdnsTimings.Idle : start + (atMost ?? QuerierTimings.LookAroundMost).Ticks;
        _newsAt = start;
        while (!stopping.IsCancellationRequested)
        {
            var now = Now;
            _engine.OnTimer(now);
            session.OnTimer(now);
            var end = follow ? MdnsTimings.Idle : Math.Min(limit, EndOf(target, session, start));
            if (end <= now)
            {
                break;
            }

            Wait(Math.Min(end, Math.Min(_engine.NextDue, session.NextDue)));
        }

        return session.Answers;
    }

    private long Now => _time.GetElapsedTime(_origin).Ticks;

    /// <summary>When a look that is over when all was said would end, should nothing happen before.</summary>
    private long EndOf(BrowseTarget target, IBrowseSession session, long start)
    {
        if (session.NextDue != MdnsTimings.Idle)
        {
            return MdnsTimings.Idle;
        }

        if (target.Kind is BrowseKind.Everything or BrowseKind.Type)
        {
            return Math.Max(start + QuerierTimings.LookAroundLeast.Ticks, _newsAt + QuerierTimings.LookAroundQuiet.Ticks);
        }

        return session.Answers > 0 ? start : MdnsTimings.Idle;
    }

    private void Wait(long until)
    {
        var atMost = until == MdnsTimings.Idle ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, until - Now));
        if (_transport.Wait(atMost, OnReceived))
        {
            _engine.OnLinksChanged(_transport.Links, _transport.SharesPort, Now);
        }
    }

    private void OnReceived(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram) =>
        _engine.OnDatagram(linkIndex, source, toGroup, datagram, Now);

    /// <summary>Notes that something came, beside what the session makes of it.</summary>
    private sealed class NewsListener(IRecordListener inner, Action onNews) : IRecordListener
    {
        public void OnRecord(QueryLink link, CachedRecord record, long now)
        {
            onNews();
            inner.OnRecord(link, record, now);
        }

        public void OnGone(QueryLink link, CachedRecord record, long now)
        {
            onNews();
            inner.OnGone(link, record, now);
        }
    }
}
