using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>
/// A database that several Beacons may write to. Every service in it carries a revision that rises by at least one with each write, and
/// a write takes effect only on the revision its writer has seen: nobody undoes what he does not know of.
/// </summary>
/// <remarks>One caller at a time, except <see cref="PingAsync"/>. An exception leaves open what took effect; ask again with the same writes.</remarks>
public interface ISharedServiceStore
{
    /// <summary>Makes the database ready after contact was made: indexes, and documents of earlier versions brought into today's form.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Which services there are, and which were removed lately.</summary>
    Task<SharedListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>Those of them that are there and can be read, in no order.</summary>
    Task<IReadOnlyList<SharedService>> ReadAsync(IReadOnlyCollection<ServiceId> ids, CancellationToken cancellationToken);

    /// <summary>One result per write, in their order. Each stands for itself; when the task completes what is Stored survives the loss of a minority of servers.</summary>
    Task<IReadOnlyList<SharedResult>> ApplyAsync(IReadOnlyList<SharedWrite> writes, CancellationToken cancellationToken);

    /// <summary>Takes name, host and port away from a service whose own write will follow, so that another can have them.</summary>
    Task ParkAsync(ServiceId id, CancellationToken cancellationToken);

    /// <summary>Moves a service out of the way without deleting it.</summary>
    /// <param name="reason">A sentence for whoever finds it there.</param>
    Task SetAsideAsync(ServiceId id, string reason, CancellationToken cancellationToken);

    Task<TimeSpan> PingAsync(CancellationToken cancellationToken);
}
