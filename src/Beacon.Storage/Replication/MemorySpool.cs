using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>A spool without a disk: for tests and demonstrations.</summary>
public sealed class MemorySpool(TimeProvider time) : ISpool
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ServiceId, SpoolEntry> _entries = [];

    public Task<IReadOnlyList<SpoolEntry>> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<SpoolEntry> all = [.. _entries.Values.OrderBy(x => x.State?.Instance.CreatedAt).ThenBy(x => x.Id)];
            return Task.FromResult(all);
        }
    }

    public Task ApplyAsync(IReadOnlyList<SpoolWrite> writes, IReadOnlyList<SpoolAcknowledgement> stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentNullException.ThrowIfNull(stored);
        lock (_gate)
        {
            foreach (var write in writes)
            {
                var (id, state, leaseOnly) = write.Service;
                var known = _entries.TryGetValue(id, out var old) && old.State is not null;
                if (leaseOnly && state is { } renewed)
                {
                    if (!known)
                    {
                        continue;
                    }

                    state = old.State!.Value with { Lease = renewed.Lease };
                }

                _entries[id] = new SpoolEntry(id, state, write.Revision, write.Stored, state is null ? time.GetUtcNow() : null);
            }

            foreach (var (id, revision) in stored)
            {
                if (_entries.TryGetValue(id, out var entry) && entry.Stored < revision)
                {
                    _entries[id] = entry with { Stored = revision };
                }
            }
        }

        return Task.CompletedTask;
    }
}
