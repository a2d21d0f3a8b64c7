using System.Net;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Queries whose known answers come in several packets: kept by sender until 400–500 ms after the last truncated one, and answered as
/// one (RFC 6762 §7.2). Bounded in senders, packets, bytes and time; who exceeds a bound is answered from what is there.
/// </summary>
internal sealed class TruncatedQueries
{
    private readonly List<TruncatedQuery> _queries = [];
    private int _bytes;

    public long NextDue { get; private set; } = MdnsTimings.Idle;

    /// <summary>Keeps a packet that says more will follow. False when nobody's more can be kept: answer it now.</summary>
    public bool TryAdd(IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram, long now, long delay)
    {
        var query = Find(source);
        if (query is null)
        {
            if (_queries.Count == MdnsLimits.TruncatedSources || IsFull)
            {
                return false;
            }

            query = new TruncatedQuery(source, toGroup, now + MdnsTimings.TruncatedLimit.Ticks);
            _queries.Add(query);
        }

        Keep(query, datagram);
        query.Due = Math.Min(now + delay, query.Limit);
        Reschedule();
        return true;
    }

    /// <summary>The last packet of a query that is being put together; false when its sender has none here.</summary>
    public bool TryFinish(IPEndPoint source, ReadOnlySpan<byte> datagram)
    {
        if (Find(source) is not { } query)
        {
            return false;
        }

        Keep(query, datagram);
        return true;
    }

    /// <summary>A query that waited long enough, or null. The caller disposes of it.</summary>
    public TruncatedQuery? TakeDue(long now)
    {
        foreach (var query in _queries)
        {
            if (query.Due <= now)
            {
                _queries.Remove(query);
                _bytes -= query.Bytes;
                Reschedule();
                return query;
            }
        }

        return null;
    }

    private bool IsFull => _bytes >= MdnsLimits.TruncatedBytes;

    private void Keep(TruncatedQuery query, ReadOnlySpan<byte> datagram)
    {
        if (!IsFull)
        {
            _bytes -= query.Bytes;
            query.Keep(datagram);
            _bytes += query.Bytes;
        }
    }

    private TruncatedQuery? Find(IPEndPoint source)
    {
        foreach (var query in _queries)
        {
            if (query.Source.Equals(source))
            {
                return query;
            }
        }

        return null;
    }

    private void Reschedule()
    {
        NextDue = MdnsTimings.Idle;
        foreach (var query in _queries)
        {
            NextDue = Math.Min(NextDue, query.Due);
        }
    }
}
