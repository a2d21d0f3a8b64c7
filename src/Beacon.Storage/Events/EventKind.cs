namespace Beacon.Storage.Events;

/// <summary>What an entry of the event log tells. The numbers are stored, so they are never given anew; there are at most 63.</summary>
public enum EventKind
{
    ServiceRegistered = 0,

    /// <summary>Its content changed; a registration or update that says what was known is no event.</summary>
    ServiceUpdated = 1,

    ServiceDeregistered = 2,
    ServiceExpired = 3,

    /// <summary>An expired service is there again, by a heartbeat, a registration or a check that passed.</summary>
    ServiceReturned = 4,

    ServicesCleanup = 5,
    HealthStatusChanged = 6,
    MaintenanceStarted = 7,
    MaintenanceEnded = 8,
    BeaconStarted = 9,
    BeaconStopped = 10,

    /// <summary>Nothing could be written for as long as a client is made to wait.</summary>
    StoreFailed = 11,

    StoreRecovered = 12,
    DatabaseLost = 13,
    DatabaseReached = 14,

    /// <summary>Another host has a name that Beacon announced or wanted.</summary>
    MdnsConflict = 15,

    /// <summary>Beacon's own host name is another one now.</summary>
    MdnsRenamed = 16,
}
