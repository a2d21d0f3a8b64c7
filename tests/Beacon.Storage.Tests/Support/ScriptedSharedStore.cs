using Beacon.Registry.Services;
using Beacon.Storage.Replication;

namespace Beacon.Storage.Tests.Support;

/// <summary>
/// A shared database in memory with the semantics <see cref="ISharedServiceStore"/> asks for, which fails, hangs, answers late and forgets
/// when told to.
/// </summary>
internal sealed class ScriptedSharedStore : ISharedServiceStore
{
    private readonly List<IReadOnlyList<SharedWrite>> _hanging = [];
    private Dictionary<ServiceId, (ServiceView View, long Revision, bool IsOurs)> _services = [];
    private Dictionary<ServiceId, long> _removed = [];

    /// <summary>Every call fails with this while it is set, before anything happens.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Every batch takes effect and then fails with this while it is set.</summary>
    public Exception? FailureAfterwards { get; set; }

    /// <summary>Batches wait for this while it is set, and take effect when it completes.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Calls hang until they are given up; batches may take effect whenever <see cref="ArriveLate"/> is called.</summary>
    public bool IsHanging { get; set; }

    /// <summary>So many writes are answered Missing without effect, as when the holder of a name went away between the write and the look.</summary>
    public int AnswerMissing { get; set; }

    public Dictionary<ServiceId, string> Refusals { get; } = [];

    /// <summary>Calls of any kind, refused ones included.</summary>
    public int Calls { get; private set; }

    public int Prepared { get; private set; }

    public List<IReadOnlyList<SharedWrite>> Batches { get; } = [];

    public List<(ServiceId Id, string Reason)> SetAside { get; } = [];

    public List<ServiceId> Parked { get; } = [];

    public IReadOnlyDictionary<ServiceId, ServiceView> Services => _services.ToDictionary(x => x.Key, x => x.Value.View);

    public IReadOnlyCollection<ServiceId> Removed => _removed.Keys;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        Prepared++;
    }

    public async Task<SharedListing> ListAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        return new SharedListing(_services.ToDictionary(x => x.Key, x => x.Value.Revision), new Dictionary<ServiceId, long>(_removed));
    }

    public async Task<IReadOnlyList<SharedService>> ReadAsync(IReadOnlyCollection<ServiceId> ids, CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        return [.. ids.Where(_services.ContainsKey).Select(x => new SharedService(_services[x].View, _services[x].Revision))];
    }

    public async Task<IReadOnlyList<SharedResult>> ApplyAsync(IReadOnlyList<SharedWrite> writes, CancellationToken cancellationToken)
    {
        if (IsHanging)
        {
            _hanging.Add(writes);
        }

        await ReachAsync(cancellationToken);
        Batches.Add(writes);
        await (Gate?.Task ?? Task.CompletedTask);
        var results = Apply(writes);
        return FailureAfterwards is null ? results : throw FailureAfterwards;
    }

    public async Task ParkAsync(ServiceId id, CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        Parked.Add(id);
        if (_services.TryGetValue(id, out var there))
        {
            _services[id] = there with { View = there.View with { Instance = there.View.Instance with { Name = $"(moving) {id}" } } };
        }
    }

    public async Task SetAsideAsync(ServiceId id, string reason, CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        if (_services.Remove(id))
        {
            SetAside.Add((id, reason));
        }
    }

    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        return TimeSpan.FromMilliseconds(1);
    }

    public void Hold() => Gate = new TaskCompletionSource();

    public void Release()
    {
        var gate = Gate!;
        Gate = null;
        gate.SetResult();
    }

    /// <summary>Somebody else writes.</summary>
    public void Put(ServiceView view, long revision) => _services[view.Id] = (view, revision, false);

    public long RevisionOf(ServiceId id) => _services[id].Revision;

    /// <summary>A removal that was remembered and then not carried out, as by a Beacon that was killed in between.</summary>
    public void RememberRemoval(ServiceId id) => _removed[id] = _services[id].Revision + 1;

    /// <summary>Somebody else deletes it.</summary>
    public void Lose(ServiceId id) => _services.Remove(id);

    public void Forget(ServiceId id)
    {
        _services.Remove(id);
        _removed.Remove(id);
    }

    /// <summary>Everything as it is now; calling the result brings that back.</summary>
    public Action Backup()
    {
        var (services, removed) = (_services.ToDictionary(), _removed.ToDictionary());
        return () => (_services, _removed) = (services.ToDictionary(), removed.ToDictionary());
    }

    /// <summary>What was given up takes effect now.</summary>
    public void ArriveLate()
    {
        _hanging.ForEach(x => Apply(x));
        _hanging.Clear();
    }

    private async Task ReachAsync(CancellationToken cancellationToken)
    {
        Calls++;
        if (IsHanging)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }
    }

    private SharedResult[] Apply(IReadOnlyList<SharedWrite> writes)
    {
        var results = new SharedResult[writes.Count];
        foreach (var (at, write) in writes.Index().OrderBy(x => x.Item.State is not null))
        {
            results[at] = write.State is null ? Remove(write) : Put(write);
        }

        return results;
    }

    private SharedResult Remove(in SharedWrite write)
    {
        _removed[write.Id] = write.Revision;
        if (_services.TryGetValue(write.Id, out var there) && there.Revision != write.Seen)
        {
            return new SharedResult(SharedOutcome.Conflict, there.Revision, !there.IsOurs);
        }

        _services.Remove(write.Id);
        return SharedResult.Stored;
    }

    private SharedResult Put(SharedWrite write)
    {
        if (AnswerMissing > 0)
        {
            AnswerMissing--;
            return SharedResult.Missing;
        }

        if (Refusals.TryGetValue(write.Id, out var reason))
        {
            return new SharedResult(SharedOutcome.Refused, Error: reason);
        }

        var isThere = _services.TryGetValue(write.Id, out var there);
        if (isThere ? there.Revision != write.Seen : write.Seen > 0)
        {
            return !isThere ? SharedResult.Missing
                : there.Revision == write.Revision && there.IsOurs ? SharedResult.Stored
                : new SharedResult(SharedOutcome.Conflict, there.Revision, !there.IsOurs);
        }

        var state = write.State!.Value;
        foreach (var (id, other) in _services)
        {
            if (id != write.Id && Identity(other.View) == Identity(state))
            {
                return new SharedResult(SharedOutcome.IdentityHeld, Holder: id);
            }
        }

        _services[write.Id] = (write.LeaseOnly ? there.View with { Lease = state.Lease } : state, write.Revision, true);
        return SharedResult.Stored;
    }

    private static (string, string, int) Identity(in ServiceView view) => (view.Instance.Name, view.Instance.Host, view.Instance.Port);
}
