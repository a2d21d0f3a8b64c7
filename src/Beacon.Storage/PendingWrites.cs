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
    private readonly Dictionary<ServiceId, ServiceView> _renewals = [];
    private long? _oldestPromptAt;

    public int Count => _prompt.Count + _renewals.Count;

    /// <summary>Something is here that must not be held back.</summary>
    public bool HasPrompt => _prompt.Count > 0;

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
                AddPrompt(new ServiceWrite(service.Id, service, LeaseOnly: true), now);
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
    /// Takes everything prompt, and one batch of renewals too when their time has come; null when there is nothing to do. Renewals beyond
    /// the batch stay as due as they were.
    /// </summary>
    public WriteBatch? Take(bool withRenewals)
    {
        var renewals = withRenewals ? Math.Min(_renewals.Count, StorageLimits.RenewalBatch) : 0;
        var count = _prompt.Count + renewals;
        if (count == 0)
        {
            return null;
        }

        var writes = new List<ServiceWrite>(count);
        var oldest = OldestPromptAt;
        writes.AddRange(_prompt.Values);
        _prompt.Clear();
        Tombstones = 0;
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
        _prompt.Clear();
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

        _renewals[service.Id] = service;
        OldestRenewalAt ??= now;
    }

    private void AddPrompt(in ServiceWrite write, long now)
    {
        if (!HasPrompt)
        {
            _oldestPromptAt = now;
        }

        if (_renewals.Remove(write.Id))
        {
            ForgetRenewalTimeWhenEmpty();
        }

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
        _prompt[write.Id] = write;
        Tombstones += write.State is null ? 1 : 0;
    }

    /// <summary>One write that leaves the store as both in order would. Ids are never used again, so a lease cannot follow a tombstone.</summary>
    private static ServiceWrite Merge(in ServiceWrite earlier, in ServiceWrite later) =>
        later.LeaseOnly && earlier.State is null ? earlier : later with { LeaseOnly = later.LeaseOnly && earlier.LeaseOnly };

    private void ForgetRenewalTimeWhenEmpty()
    {
        if (_renewals.Count == 0)
        {
            OldestRenewalAt = null;
        }
    }
}
