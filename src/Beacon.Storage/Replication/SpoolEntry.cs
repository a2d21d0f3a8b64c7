using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>One service in the spool.</summary>
/// <param name="State">Null: it was removed.</param>
/// <param name="Revision">Of this state.</param>
/// <param name="Stored">Revision the database is known to hold; 0: none. Less than <paramref name="Revision"/>: still to be sent.</param>
/// <param name="RemovedAt">UTC; null for a service that is there.</param>
public readonly record struct SpoolEntry(ServiceId Id, ServiceView? State, long Revision, long Stored, DateTimeOffset? RemovedAt);
