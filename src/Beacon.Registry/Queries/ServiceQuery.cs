using Beacon.Registry.Indexes;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Registry.Queries;

/// <summary>
/// Answers one list question from a snapshot. The smallest list that covers the question is walked; when that list is the whole answer
/// (no filter, or one indexed one) the total is known and pages are jumped to without looking at what lies before.
/// </summary>
internal sealed class ServiceQuery(ServiceIndexes indexes, LeaseClock clock)
{
    public (IReadOnlyList<ServiceView> Services, int Total) Run(ServiceFilter filter, int skip, int limit)
    {
        var (candidates, isWholeAnswer) = Narrow(filter);
        return isWholeAnswer ? Page(candidates, skip, limit) : Scan(candidates, filter, skip, limit);
    }

    /// <summary>Everything that matches, from one snapshot, made while it is read: a list of any length takes the memory of one service.</summary>
    public IEnumerable<ServiceView> Walk(ServiceFilter filter)
    {
        var (candidates, isWholeAnswer) = Narrow(filter);
        for (var chunk = 0; chunk < candidates.ChunkCount; chunk++)
        {
            for (var at = 0; at < candidates.CountOf(chunk); at++)
            {
                var entry = candidates.Chunks[chunk].Items[at];
                if (isWholeAnswer || Matches(filter, entry))
                {
                    yield return entry.View(clock);
                }
            }
        }
    }

    private static bool Matches(ServiceFilter filter, ServiceEntry entry) =>
        (filter.Status is not { } status || entry.Status == status) && FilterMatch.Fits(filter, entry.Instance);

    private (EntrySnapshot Candidates, bool IsWholeAnswer) Narrow(ServiceFilter filter)
    {
        var best = filter.Status is { } status ? indexes.OfStatus(status).Snapshot : indexes.Live.Snapshot;
        var plain = filter is { Protocol: null, Name: null, Metadata.Count: 0 } && string.IsNullOrEmpty(filter.Text);
        if (filter.Status == ServiceStatus.Expired)
        {
            // The word indexes hold what is not expired.
            return (best, plain && filter is { Type: null, Host: null, Tags.Count: 0 });
        }

        var words = 0;
        if (filter.Type is not null)
        {
            Take(indexes.Types.Find(filter.Type), ref best, ref words);
        }

        if (filter.Host is not null)
        {
            Take(indexes.Hosts.Find(filter.Host), ref best, ref words);
        }

        if (filter.Tags.Count == 1)
        {
            Take(indexes.Tags.Find(filter.Tags[0]), ref best, ref words);
        }

        var coveredByOne = words <= 1 && filter.Tags.Count <= 1 && (words == 0 || filter.Status is null);
        return (best, plain && coveredByOne);
    }

    private static void Take(EntrySnapshot found, ref EntrySnapshot best, ref int words)
    {
        if (words == 0 || found.Total < best.Total)
        {
            best = found;
        }

        words++;
    }

    private (IReadOnlyList<ServiceView> Services, int Total) Page(EntrySnapshot candidates, int skip, int limit)
    {
        if (skip >= candidates.Total)
        {
            return ([], candidates.Total);
        }

        var services = new List<ServiceView>(Math.Min(limit, candidates.Total - skip));
        var entries = new EntryEnumerator(candidates);
        entries.Skip(skip);
        while (services.Count < limit && entries.MoveNext())
        {
            services.Add(entries.Current.View(clock));
        }

        return (services, candidates.Total);
    }

    private (IReadOnlyList<ServiceView> Services, int Total) Scan(EntrySnapshot candidates, ServiceFilter filter, int skip, int limit)
    {
        var services = new List<ServiceView>();
        var total = 0;
        var entries = new EntryEnumerator(candidates);
        while (entries.MoveNext())
        {
            var entry = entries.Current;
            if (!Matches(filter, entry))
            {
                continue;
            }

            if (total >= skip && services.Count < limit)
            {
                services.Add(entry.View(clock));
            }

            total++;
        }

        return (services, total);
    }
}
