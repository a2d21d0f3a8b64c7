using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>What a store must hold of one service after a batch.</summary>
/// <param name="State">Null: the service is gone.</param>
/// <param name="LeaseOnly">Only the lease moved since the last write; the content columns are unchanged.</param>
public readonly record struct ServiceWrite(ServiceId Id, ServiceView? State, bool LeaseOnly);
