using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>What the database holds, by revision.</summary>
/// <param name="Removed">Services removed lately, with the revision of the removal.</param>
public sealed record SharedListing(IReadOnlyDictionary<ServiceId, long> Services, IReadOnlyDictionary<ServiceId, long> Removed);
