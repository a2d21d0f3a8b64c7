namespace Beacon.Storage.Events;

/// <summary>The port without a disk: for demonstrations and tests.</summary>
public sealed class MemoryEventStore : IEventStore
{
    private readonly Lock _gate = new();
    private readonly List<EventEntry> _entries = [];
    private long _last;

    public Task<long> LastIdAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_last);
        }
    }

    public Task WriteAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        lock (_gate)
        {
            _entries.AddRange(entries);
            _last = entries.Count > 0 ? entries[^1].Id : _last;
        }

        return Task.CompletedTask;
    }

    public Task<int> TrimAsync(DateTimeOffset? before, long through, int most, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var gone = _entries.Take(most).Where(x => x.Id <= through || x.At < before).ToHashSet();
            return Task.FromResult(_entries.RemoveAll(gone.Contains));
        }
    }

    public Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            var found = _entries.AsEnumerable().Reverse().Where(query.Matches);
            return Task.FromResult(EventPage.Of([.. query.Limit == int.MaxValue ? found : found.Take(query.Limit + 1)], query.Limit));
        }
    }

    public Task<IReadOnlyList<EventEntry>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<EventEntry>>([.. _entries.Where(x => x.Id > id).Take(limit)]);
        }
    }
}
