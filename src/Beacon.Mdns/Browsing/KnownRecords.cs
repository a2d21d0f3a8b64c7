using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Querying;
using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Browsing;

/// <summary>What a link's cache says about names.</summary>
internal static class KnownRecords
{
    /// <summary>The record heard last among those that were not taken back; null when there is none.</summary>
    public static CachedRecord? Newest(QueryLink link, byte[] name, RecordType type)
    {
        CachedRecord? newest = null;
        foreach (var record in link.Cache.Find(name, type)?.Records ?? [])
        {
            if (newest is null || (!record.IsLeaving, record.ReceivedAt).CompareTo((!newest.IsLeaving, newest.ReceivedAt)) >= 0)
            {
                newest = record;
            }
        }

        return newest;
    }

    /// <summary>Where an instance is: of several places one that was not taken back, of the lowest priority (RFC 2782), heard last.</summary>
    public static bool TryFindPlace(QueryLink link, byte[] instance, out SrvRecord place)
    {
        place = default;
        CachedRecord? best = null;
        foreach (var record in link.Cache.Find(instance, RecordType.Srv)?.Records ?? [])
        {
            if (SrvRecord.TryRead(record.Rdata, out var srv) == WireError.None
                && (best is null || Rank(record, srv).CompareTo(Rank(best, place)) < 0))
            {
                best = record;
                place = srv;
            }
        }

        return best is not null;

        static (bool, ushort, long) Rank(CachedRecord record, SrvRecord srv) => (record.IsLeaving, srv.Priority, -record.ReceivedAt);
    }

    /// <summary>IPv4 first, IPv6 link-local last and with their link as scope.</summary>
    public static List<IPAddress> Addresses(QueryLink link, byte[] name)
    {
        List<IPAddress> addresses = [];
        Add(link, name, RecordType.A, addresses);
        Add(link, name, RecordType.Aaaa, addresses);
        return [.. addresses
            .OrderBy(x => x.AddressFamily == AddressFamily.InterNetwork ? 0 : x.IsIPv6LinkLocal ? 2 : 1)
            .ThenBy(x => x.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Is nothing more to be expected: both families answered, or the owner said which there is not (RFC 6762 §6.1)?</summary>
    public static bool HasBothFamilies(QueryLink link, byte[] name) => IsAnswered(link, name, RecordType.A) && IsAnswered(link, name, RecordType.Aaaa);

    private static bool IsAnswered(QueryLink link, byte[] name, RecordType type) =>
        link.Cache.Find(name, type) is not null
        || (Newest(link, name, RecordType.Nsec) is { } denial
            && NsecRecord.TryRead(denial.Rdata, out var nsec) == WireError.None && !nsec.Has(type));

    private static void Add(QueryLink link, byte[] name, RecordType type, List<IPAddress> addresses)
    {
        var records = link.Cache.Find(name, type)?.Records ?? [];
        var allLeave = records.TrueForAll(x => x.IsLeaving);
        foreach (var record in records)
        {
            if (record.IsLeaving && !allLeave)
            {
                continue;
            }

            var address = new IPAddress(record.Rdata);
            if (address.IsIPv6LinkLocal)
            {
                address.ScopeId = link.Index;
            }

            addresses.Add(address);
        }
    }
}
