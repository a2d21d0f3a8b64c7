namespace Beacon.Registry.Services;

/// <summary>What keeps a service's lease running. Names in JSON and in stores are the lower-case member names.</summary>
public enum LeaseSource
{
    /// <summary>Heartbeats alone; a check that passes says nothing about the lease.</summary>
    Heartbeat,

    /// <summary>Passing health checks alone: a heartbeat is noted and prolongs nothing.</summary>
    Health,

    /// <summary>Either.</summary>
    Both,
}
