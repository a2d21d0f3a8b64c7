using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>What the database must hold of one service.</summary>
/// <param name="State">Null: the service is gone.</param>
/// <param name="LeaseOnly">Only the lease moved; a service that is not there stays away.</param>
/// <param name="Seen">Revision the database must be at for this to take effect; 0: the service must not be there.</param>
/// <param name="Revision">Revision it is at afterwards. Never used for another state of this service by this run of the program.</param>
public readonly record struct SharedWrite(ServiceId Id, ServiceView? State, bool LeaseOnly, long Seen, long Revision);
