using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>
/// Comparing both sides. The registry wins for what it holds; the database wins for services that were never seen here; nothing is
/// deleted because the other side does not have it.
/// </summary>
public sealed partial class ReplicatedStore
{
    private readonly Queue<Replica> _tombstones = new();
    private List<SharedService> _offered = [];

    private async Task<ReplicaFlight.Comparison> CompareAsync(bool isContact, CancellationToken cancellationToken)
    {
        ReplicationMetrics.Checks.Add(1);
        if (isContact)
        {
            await _shared.PrepareAsync(cancellationToken);
        }

        var listing = await _shared.ListAsync(cancellationToken);
        List<ServiceId> unknown;
        lock (_gate)
        {
            unknown = [.. listing.Services.Keys.Where(x => !_replicas.ContainsKey(x))];
        }

        var services = unknown.Count == 0 ? [] : await _shared.ReadAsync(unknown, cancellationToken);
        return new ReplicaFlight.Comparison(listing, services);
    }

    private void Compared(ReplicaFlight.Comparing flight, long now)
    {
        var found = flight.Found.Result;
        var ghosts = Level(found.Listing, now);
        foreach (var service in found.Unknown)
        {
            if (IsRemoved(found.Listing, service))
            {
                ghosts += Bury(service, now);
            }
            else if (!_replicas.ContainsKey(service.View.Id))
            {
                _offered.Add(service);
            }
        }

        if (ghosts > 0)
        {
            ReplicationLog.Ghosts(_logger, ghosts);
        }

        if (flight.IsContact && !_hasMet)
        {
            ReplicationLog.Met(_logger, found.Listing.Services.Count, _offered.Count, _queue.Count);
        }

        _hasMet = true;
        Checked(now);
    }

    /// <summary>As <see cref="Compared"/>, before there is a registry: what is found goes into the spool, from which the registry is filled.</summary>
    private List<SpoolWrite> SettleOpening(ReplicaFlight.Comparison found)
    {
        var now = _time.GetTimestamp();
        var ghosts = Level(found.Listing, now);
        var names = new Dictionary<(string, string, int), Replica>();
        foreach (var replica in _replicas.Values)
        {
            if (replica.State is { } state)
            {
                names[Identity(state)] = replica;
            }
        }

        var adopted = new List<SpoolWrite>();
        foreach (var service in found.Unknown)
        {
            if (IsRemoved(found.Listing, service))
            {
                ghosts += Bury(service, now);
                continue;
            }

            if (names.TryGetValue(Identity(service.View), out var holder) && holder.State!.Value.Status != ServiceStatus.Expired)
            {
                // Its name is cleared when the holder's own write meets it.
                ReplicationLog.SetAside(_logger, service.View.Id.ToString(), holder.Id.ToString());
                _toClear.Add(service.View.Id);
                continue;
            }

            if (holder is not null)
            {
                _ticket++;
                Take(new ServiceWrite(holder.Id, null, LeaseOnly: false), now, adopted);
            }

            var replica = Know(service);
            names[Identity(service.View)] = replica;
            adopted.Add(new SpoolWrite(new ServiceWrite(replica.Id, replica.State, LeaseOnly: false), replica.Revision, replica.Stored));
        }

        if (ghosts > 0)
        {
            ReplicationLog.Ghosts(_logger, ghosts);
        }

        ReplicationLog.Met(_logger, found.Listing.Services.Count, adopted.Count, _queue.Count);
        _needsContact = false;
        _hasMet = true;
        Checked(now);
        return adopted;
    }

    /// <summary>Brings what is known here in line with a listing; returns how many removed services were there again.</summary>
    private int Level(SharedListing listing, long now)
    {
        int vanished = 0, foreign = 0, ghosts = 0;
        foreach (var replica in _replicas.Values)
        {
            var isThere = listing.Services.TryGetValue(replica.Id, out var revision);
            if (replica.State is null)
            {
                if (isThere)
                {
                    // Counted as a ghost only if the database had said that it was gone.
                    ghosts += replica.Stored >= replica.Revision ? 1 : 0;
                    Rebase(replica, revision);
                    _queue.Add(replica, isLeaseOnly: false, _ticket, now);
                }

                continue;
            }

            // A removal that was remembered and not carried out, nor answered: whoever else reads the database would take the service for removed.
            var isHaunted = listing.Removed.TryGetValue(replica.Id, out var removal) && removal >= (isThere ? revision : replica.Revision);
            if (isHaunted)
            {
                replica.Revision = Math.Max(replica.Revision, removal + 1);
                _queue.Add(replica, isLeaseOnly: false, _ticket, now);
            }

            if (!isThere && replica.Stored > 0)
            {
                vanished++;
                replica.Stored = 0;
                _queue.Add(replica, isLeaseOnly: false, _ticket, now);
            }
            else if (isThere && revision != replica.Stored)
            {
                // Our own write whose answer was lost looks the same, and is settled the same way.
                foreign += replica.Revision == replica.Stored ? 1 : 0;
                Rebase(replica, revision);
                _queue.Add(replica, isLeaseOnly: false, _ticket, now);
            }
        }

        foreach (var id in _refused.Keys)
        {
            _queue.Add(_replicas[id], isLeaseOnly: false, _ticket, now);
        }

        TellOddities(vanished, foreign);
        return ghosts;
    }

    private void Offer(List<SharedService> offered)
    {
        lock (_gate)
        {
            offered.RemoveAll(x => _replicas.ContainsKey(x.View.Id));
            foreach (var service in offered)
            {
                Know(service);
            }
        }

        if (offered.Count == 0 || Adopt is not { } adopt)
        {
            return;
        }

        var adoption = adopt([.. offered.Select(x => x.View)]);
        if (adoption.Taken > 0)
        {
            ReplicationLog.Adopted(_logger, adoption.Taken);
        }

        if (adoption.WithoutRoom > 0)
        {
            ReplicationLog.NoRoom(_logger, adoption.WithoutRoom);
        }

        lock (_gate)
        {
            foreach (var (id, registered) in adoption.Outdone)
            {
                ReplicationLog.SetAside(_logger, id.ToString(), registered.ToString());
                _replicas.Remove(id);
                _toClear.Add(id);
            }
        }

        if (adoption.Outdone.Count > 0)
        {
            _signal.Set();
        }
    }

    private Replica Know(in SharedService service)
    {
        var replica = new Replica(service.View.Id) { State = service.View, Revision = service.Revision, Stored = service.Revision };
        return _replicas[service.View.Id] = replica;
    }

    /// <summary>The newest state must get a revision above what is there, or the write that brings it would look like one already made.</summary>
    private static void Rebase(Replica replica, long revision)
    {
        replica.Stored = revision;
        replica.Revision = Math.Max(replica.Revision, revision + 1);
    }

    private static bool IsRemoved(SharedListing listing, in SharedService service) =>
        listing.Removed.TryGetValue(service.View.Id, out var revision) && revision >= service.Revision;

    private int Bury(in SharedService service, long now)
    {
        var replica = _replicas[service.View.Id] = new Replica(service.View.Id)
        {
            Revision = service.Revision + 1,
            Stored = service.Revision,
            RemovedAt = _time.GetUtcNow(),
        };
        _tombstones.Enqueue(replica);
        _queue.Add(replica, isLeaseOnly: false, _ticket, now);
        return 1;
    }

    private void Checked(long now)
    {
        _nextCheck = now + ToTimestamp(ReplicationLimits.CheckInterval + TimeSpan.FromMilliseconds(_replicas.Count));
        var horizon = _time.GetUtcNow() - ReplicationLimits.TombstoneLife;
        while (_tombstones.TryPeek(out var oldest)
            && (oldest.State is not null || oldest.RemovedAt < horizon || _tombstones.Count > ReplicationLimits.MaxTombstones))
        {
            _tombstones.Dequeue();
            if (oldest is { State: null, Place: null } && oldest.Stored >= oldest.Revision)
            {
                _replicas.Remove(oldest.Id);
                _refused.Remove(oldest.Id);
            }
        }
    }

    private void TellOddities(int vanished, int foreign)
    {
        if (vanished > 0)
        {
            ReplicationLog.Vanished(_logger, vanished);
        }

        if (foreign > 0)
        {
            ReplicationLog.Foreign(_logger, foreign);
        }
    }

    private static (string, string, int) Identity(in ServiceView view) => (view.Instance.Name, view.Instance.Host, view.Instance.Port);
}
