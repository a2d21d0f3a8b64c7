namespace Beacon.Storage.Replication;

/// <summary>How Beacon and its database stand.</summary>
public enum ReplicationState
{
    /// <summary>Changes are answered once the database has them.</summary>
    Healthy,

    /// <summary>The database failed or is slow: changes are answered once they are in the spool, and sent on.</summary>
    Behind,

    /// <summary>As <see cref="Behind"/>, for longer than <see cref="ReplicationLimits.DownAfter"/>.</summary>
    Down,

    /// <summary>The database is back and is given what it missed.</summary>
    Draining,
}
