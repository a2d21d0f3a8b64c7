using Beacon.Storage.Events;

namespace Beacon.Features.Tests.Events;

/// <summary>A store that can be switched off, and counts.</summary>
internal sealed class FlakyEventStore : IEventStore
{
    private readonly MemoryEventStore _inner = new();

    public bool IsAway { get; set; }

    /// <summary>The next write takes effect and fails all the same.</summary>
    public bool LosesAnswer { get; set; }

    public List<int> Batches { get; } = [];

    public Task<long> LastIdAsync(CancellationToken cancellationToken) => Answer(() => _inner.LastIdAsync(cancellationToken));

    public async Task WriteAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        await Answer(() => _inner.WriteAsync(entries, cancellationToken).ContinueWith(_ => true, TaskScheduler.Default));
        if (LosesAnswer)
        {
            LosesAnswer = false;
            throw new IOException("no answer");
        }

        Batches.Add(entries.Count);
    }

    public Task<int> TrimAsync(DateTimeOffset? before, long through, int most, CancellationToken cancellationToken) =>
        Answer(() => _inner.TrimAsync(before, through, most, cancellationToken));

    public Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken) => _inner.ReadAsync(query, cancellationToken);

    public Task<IReadOnlyList<EventEntry>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken) =>
        _inner.ReadAfterAsync(id, limit, cancellationToken);

    private Task<T> Answer<T>(Func<Task<T>> work) => IsAway ? Task.FromException<T>(new IOException("disk full")) : work();
}
