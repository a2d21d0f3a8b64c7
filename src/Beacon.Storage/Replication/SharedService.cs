using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>A service as the database holds it.</summary>
public readonly record struct SharedService(ServiceView View, long Revision);
