namespace Beacon.Storage.Replication;

/// <summary>How one write ended.</summary>
public enum SharedOutcome
{
    /// <summary>The database holds it, perhaps since an earlier attempt.</summary>
    Stored,

    /// <summary>The service is at another revision than the one seen; nothing was changed.</summary>
    Conflict,

    /// <summary>The service should be there and is not; nothing was changed.</summary>
    Missing,

    /// <summary>Another service has this name, host and port; nothing was changed.</summary>
    IdentityHeld,

    /// <summary>The database will not have this one as it is.</summary>
    Refused,
}
