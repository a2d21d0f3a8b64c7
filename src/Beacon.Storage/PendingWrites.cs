using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>
/// The newest state of every service that the store has not got yet. Bounded by the number of services and tombstones, however many
/// events there were. Only the loop of <see cref="WriteThrough"/> touches it.
/// </summary>
internal sealed class PendingWrites
{
    private readonly Dictionary<ServiceId, ServiceWrite> _prompt = [];

    /// <summary>Ends and returns of leases: prompt as well, but nobody waits for one, so they may go in portions.</summary>
    private readonly Dictionary<ServiceId, ServiceView> _turns = [];
    private readonly Dictionary<ServiceId, ServiceView> _renewals = [];
    private readonly List<ServiceId> _turnsInOrder = [];
    private long? _oldestPromptAt;

    public int Count => _prompt.Count + _turns.Count + _renewals.Count;

    /// <summary>Something is here that must not be held back.</summary>
    public bool HasPrompt => _prompt.Count + _turns.Count > 0;

    public int Tombstones { get; private set; }

    /// <summary>Monotonic; null when nothing prompt is pending.</summary>
    public long? OldestPromptAt => HasPrompt ? _oldestPromptAt : null;

    /// <summary>A full batch of renewals waits.</summary>
    public bool HasManyRenewals => _renewals.Count >= StorageLimits.RenewalBatch;

    /// <summary>Monotonic; when the first renewal held back now came. Null when there is none.</summary>
    public long? OldestRenewalAt { get; private set; }

    public void Add(in RegistryEvent change, long now)
    {
        if (change.Service is not { } service)
        {
            return;
        }

        switch (change.Kind)
        {
            case RegistryEventKind.Renewed:
                AddRenewal(service, now);
                break;
            case RegistryEventKind.Expired or RegistryEventKind.Revived or RegistryEventKind.HealthChanged:
                AddTurn(service, now);
                break;
            case RegistryEventKind.Deregistered or RegistryEventKind.Removed:
                AddPrompt(new ServiceWrite(service.Id, null, LeaseOnly: false), now);
                break;
            default:
                AddPrompt(new ServiceWrite(service.Id, service, LeaseOnly: false), now);
                break;
        }
    }

    /// <summary>
    /// Takes all changes that somebody may wait for, ends and returns of leases up to a batch, and one batch of renewals too when their time
    /// has come; null when there is nothing to do. What is beyond a batch stays as due as it was.
    /// </summary>
    public WriteBatch? Take(bool withRenewals)
    {
        var turns = Math.Min(_turns.Count, StorageLimits.RenewalBatch);
        var renewals = withRenewals ? Math.Min(_renewals.Count, StorageLimits.RenewalBatch) : 0;
        var count = _prompt.Count + turns + renewals;
        if (count == 0)
        {
            return null;
        }

        var writes = new List<ServiceWrite>(count);
        var oldest = OldestPromptAt;
        writes.AddRange(_prompt.Values);
        Forget(_prompt);
        Tombstones = 0;
        TakeTurns(turns, writes);
        foreach (var (id, service) in _renewals)
        {
            if (renewals-- == 0)
            {
                break;
            }

            writes.Add(new ServiceWrite(id, service, LeaseOnly: true));
            _renewals.Remove(id);
        }

        ForgetRenewalTimeWhenEmpty();
        return new WriteBatch(writes, oldest);
    }

    /// <summary>Takes back what the store refused, below everything that happened since.</summary>
    public void Return(WriteBatch refused, long now)
    {
        var oldest = refused.OldestAt ?? OldestPromptAt ?? now;
        foreach (var write in refused.Writes)
        {
            if (_prompt.TryGetValue(write.Id, out var newer))
            {
                _prompt[write.Id] = Merge(write, newer);
            }
            else if (_turns.TryGetValue(write.Id, out var turned))
            {
                if (!write.LeaseOnly)
                {
                    _turns.Remove(write.Id);
                    Put(Merge(write, new ServiceWrite(write.Id, turned, LeaseOnly: true)));
                }
            }
            else if (_renewals.Remove(write.Id, out var renewed))
            {
                Put(Merge(write, new ServiceWrite(write.Id, renewed, LeaseOnly: true)));
            }
            else
            {
                Put(write);
            }
        }

        _oldestPromptAt = oldest;
        ForgetRenewalTimeWhenEmpty();
    }

    public void Clear()
    {
        Forget(_prompt);
        Forget(_turns);
        _turnsInOrder.Clear();
        _renewals.Clear();
        Tombstones = 0;
        OldestRenewalAt = null;
    }

    private void AddRenewal(in ServiceView service, long now)
    {
        if (_prompt.TryGetValue(service.Id, out var earlier))
        {
            _prompt[service.Id] = Merge(earlier, new ServiceWrite(service.Id, service, LeaseOnly: true));
            return;
        }

        if (_turns.ContainsKey(service.Id))
        {
            _turns[service.Id] = service;
            return;
        }

        _renewals[service.Id] = service;
        OldestRenewalAt ??= now;
    }

    private void AddTurn(in ServiceView service, long now)
    {
        NotePrompt(now);
        if (_prompt.TryGetValue(service.Id, out var earlier))
        {
            _prompt[service.Id] = Merge(earlier, new ServiceWrite(service.Id, service, LeaseOnly: true));
            return;
        }

        ForgetRenewal(service.Id);
        _turns[service.Id] = service;
    }

    private void AddPrompt(in ServiceWrite write, long now)
    {
        NotePrompt(now);
        ForgetRenewal(write.Id);

        // What is written now says how the lease stands, too.
        _turns.Remove(write.Id);
        if (!_prompt.TryGetValue(write.Id, out var earlier))
        {
            Put(write);
            return;
        }

        Tombstones += (write.State is null ? 1 : 0) - (earlier.State is null ? 1 : 0);
        _prompt[write.Id] = Merge(earlier, write);
    }

    private void Put(in ServiceWrite write)
    {
        if (write is { LeaseOnly: true, State: { } service })
        {
            _turns[write.Id] = service;
            return;
        }

        _prompt[write.Id] = write;
        Tombstones += write.State is null ? 1 : 0;
    }

    /// <summary>
    /// In the order of their ids, as the store keeps them: of a hundred thousand leases that end together a portion so changes its own pages,
    /// and not each portion every page.
    /// </summary>
    private void TakeTurns(int count, List<ServiceWrite> writes)
    {
        while (count > 0)
        {
            if (_turnsInOrder.Count == 0)
            {
                _turnsInOrder.AddRange(_turns.Keys);
                _turnsInOrder.Sort(static (left, right) => right.CompareTo(left));
            }

            var id = _turnsInOrder[^1];
            _turnsInOrder.RemoveAt(_turnsInOrder.Count - 1);

            // It may have gone meanwhile with a change of the service.
            if (_turns.Remove(id, out var service))
            {
                writes.Add(new ServiceWrite(id, service, LeaseOnly: true));
                count--;
            }
        }

        if (_turns.Count == 0)
        {
            Forget(_turns);
            _turnsInOrder.Clear();
            _turnsInOrder.Capacity = Math.Min(_turnsInOrder.Capacity, StorageLimits.RenewalBatch);
        }
    }

    /// <summary>One write that leaves the store as both in order would. Ids are never used again, so a lease cannot follow a tombstone.</summary>
    private static ServiceWrite Merge(in ServiceWrite earlier, in ServiceWrite later) =>
        later.LeaseOnly && earlier.State is null ? earlier : later with { LeaseOnly = later.LeaseOnly && earlier.LeaseOnly };

    private void NotePrompt(long now)
    {
        if (!HasPrompt)
        {
            _oldestPromptAt = now;
        }
    }

    private void ForgetRenewal(ServiceId id)
    {
        if (_renewals.Remove(id))
        {
            ForgetRenewalTimeWhenEmpty();
        }
    }

    /// <summary>Gives back the room that a burst took.</summary>
    private static void Forget<T>(Dictionary<ServiceId, T> writes)
    {
        writes.Clear();
        if (writes.Capacity > 4 * StorageLimits.RenewalBatch)
        {
            writes.TrimExcess();
        }
    }

    private void ForgetRenewalTimeWhenEmpty()
    {
        if (_renewals.Count == 0)
        {
            OldestRenewalAt = null;
        }
    }
}
