using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>The database holds this service up to that revision.</summary>
public readonly record struct SpoolAcknowledgement(ServiceId Id, long Stored);
