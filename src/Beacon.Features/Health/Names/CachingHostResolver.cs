using System.Net;

namespace Beacon.Features.Health.Names;

/// <summary>Asks for each name once at a time and remembers the answer for a while, so that a thousand checks of one host are one look-up.</summary>
public sealed class CachingHostResolver(IHostResolver inner, TimeProvider time) : IHostResolver
{
    /// <summary>Names remembered; beyond it all are forgotten, which costs one look-up each.</summary>
    internal const int Most = 4096;

    /// <summary>A host that moved is found at its new address after this time at the latest.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    /// <summary>A machine that was just switched on must not stay unknown for long.</summary>
    internal static readonly TimeSpan KeptWithout = TimeSpan.FromSeconds(5);

    /// <summary>A look-up goes on when the check that asked for it gives up, because others may wait for it; but not for ever.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        Entry entry;
        bool isNew;
        lock (_gate)
        {
            isNew = !_entries.TryGetValue(name, out var known) || IsOld(known);
            entry = isNew ? new Entry(name) : known!;
            if (isNew)
            {
                if (_entries.Count >= Most)
                {
                    _entries.Clear();
                }

                _entries[name] = entry;
            }
        }

        if (isNew)
        {
            _ = LookUpAsync(entry);
        }

        return entry.Answer.Task.WaitAsync(cancellationToken);
    }

    private bool IsOld(Entry entry)
    {
        if (!entry.Answer.Task.IsCompleted)
        {
            return false;
        }

        var kept = entry.Answer.Task is { IsCompletedSuccessfully: true, Result.Count: > 0 } ? Kept : KeptWithout;
        return time.GetElapsedTime(entry.AnsweredAt) >= kept;
    }

    private async Task LookUpAsync(Entry entry)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            var found = await inner.ResolveAsync(entry.Name, limit.Token).ConfigureAwait(false);
            entry.AnsweredAt = time.GetTimestamp();
            entry.Answer.SetResult(found);
        }
        catch (OperationCanceledException)
        {
            entry.AnsweredAt = time.GetTimestamp();
            entry.Answer.SetResult([]);
        }
        catch (Exception exception)
        {
            entry.AnsweredAt = time.GetTimestamp();
            entry.Answer.SetException(exception);

            // Seen, even when whoever waited for it is gone.
            _ = entry.Answer.Task.Exception;
        }
    }

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        /// <summary>Written before the answer is there.</summary>
        public long AnsweredAt { get; set; }

        public TaskCompletionSource<IReadOnlyList<IPAddress>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
