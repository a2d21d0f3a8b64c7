using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>The one exchange with the database that is under way.</summary>
/// <param name="StartedAt">Monotonic.</param>
internal abstract record ReplicaFlight(Task Outcome, long StartedAt)
{
    /// <summary>States on their way.</summary>
    internal sealed record Sending(IReadOnlyList<Dispatch> Batch, Task<IReadOnlyList<SharedResult>> Results, long StartedAt)
        : ReplicaFlight(Results, StartedAt);

    /// <summary>What the database holds is being read.</summary>
    /// <param name="IsContact">The first exchange after there was none, or after one that failed.</param>
    internal sealed record Comparing(bool IsContact, Task<Comparison> Found, long StartedAt) : ReplicaFlight(Found, StartedAt);

    /// <summary>Names are being freed.</summary>
    internal sealed record Clearing(IReadOnlyList<ServiceId> Names, Task Cleared, long StartedAt) : ReplicaFlight(Cleared, StartedAt);

    /// <summary>The database's side of a comparison: the listing, and the services nobody here knows.</summary>
    internal sealed record Comparison(SharedListing Listing, IReadOnlyList<SharedService> Unknown);
}
