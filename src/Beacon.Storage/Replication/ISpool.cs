namespace Beacon.Storage.Replication;

/// <summary>
/// The local half of a replicated store: the last known state of every service, and how much of it the database has. Bounded by the
/// number of services, however long an outage lasts.
/// </summary>
public interface ISpool
{
    /// <summary>Everything, removals that are not forgotten yet included, in creation order.</summary>
    Task<IReadOnlyList<SpoolEntry>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All of it or nothing. Survives a power cut once the task completes, unless every write is lease-only: then it survives the end of
    /// the process.
    /// </summary>
    /// <param name="stored">Services whose state up to that revision the database has; those not known are passed over.</param>
    Task ApplyAsync(IReadOnlyList<SpoolWrite> writes, IReadOnlyList<SpoolAcknowledgement> stored, CancellationToken cancellationToken);
}
