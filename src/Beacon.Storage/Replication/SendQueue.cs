namespace Beacon.Storage.Replication;

/// <summary>
/// Services whose newest state the database has not got, each once, in the order in which they first changed. Bounded by the number of
/// services. Under the lock of <see cref="ReplicatedStore"/>.
/// </summary>
internal sealed class SendQueue
{
    private readonly LinkedList<Replica> _waiting = new();

    public int Count => _waiting.Count;

    /// <summary>Null when nothing waits. Nothing behind it has a lower ticket.</summary>
    public Replica? First => _waiting.First?.Value;

    public void Add(Replica replica, bool isLeaseOnly, long ticket, long now)
    {
        if (replica.Place is not null)
        {
            replica.IsLeaseOnly &= isLeaseOnly;
            return;
        }

        replica.IsLeaseOnly = isLeaseOnly;
        replica.Ticket = ticket;
        replica.QueuedAt = now;
        replica.Place = _waiting.AddLast(replica);
    }

    public List<Dispatch> Take(int most)
    {
        var taken = new List<Dispatch>(Math.Min(most, _waiting.Count));
        while (taken.Count < most && _waiting.First is { } node)
        {
            var replica = node.Value;
            _waiting.RemoveFirst();
            replica.Place = null;
            taken.Add(new Dispatch(replica, replica.ToWrite(), replica.Ticket, replica.QueuedAt));
        }

        return taken;
    }

    /// <summary>Puts back what was taken, before everything else and in its order, together with what changed of it meanwhile.</summary>
    /// <param name="isWhole">The next write must not be of the lease alone.</param>
    public void Return(IReadOnlyList<Dispatch> taken, bool isWhole)
    {
        for (var at = taken.Count - 1; at >= 0; at--)
        {
            var (replica, write, ticket, queuedAt) = taken[at];
            var isLeaseOnly = write.LeaseOnly && !isWhole;
            if (replica.Place is { } later)
            {
                _waiting.Remove(later);
                isLeaseOnly &= replica.IsLeaseOnly;
            }

            replica.IsLeaseOnly = isLeaseOnly;
            replica.Ticket = ticket;
            replica.QueuedAt = queuedAt;
            replica.Place = _waiting.AddFirst(replica);
        }
    }
}
