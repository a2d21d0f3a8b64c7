using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>What is known of one service on both sides. Under the lock of <see cref="ReplicatedStore"/>.</summary>
internal sealed class Replica(ServiceId id)
{
    public ServiceId Id { get; } = id;

    /// <summary>Newest; null: removed.</summary>
    public ServiceView? State { get; set; }

    /// <summary>Of <see cref="State"/>.</summary>
    public long Revision { get; set; }

    /// <summary>Revision the database is known to hold; 0: it does not hold the service.</summary>
    public long Stored { get; set; }

    /// <summary>UTC; set with the removal.</summary>
    public DateTimeOffset RemovedAt { get; set; }

    /// <summary>Where it waits to be sent, once however often it changes; null when it does not.</summary>
    public LinkedListNode<Replica>? Place { get; set; }

    /// <summary>Of what waits: only the lease moved.</summary>
    public bool IsLeaseOnly { get; set; }

    /// <summary>The first change that waits; changes are counted through.</summary>
    public long Ticket { get; set; }

    /// <summary>Monotonic; when the first change that waits came.</summary>
    public long QueuedAt { get; set; }

    public SharedWrite ToWrite() => new(Id, State, IsLeaseOnly && State is not null && Stored > 0, Stored, Revision);
}
