namespace Beacon.Storage.Replication;

/// <summary>The database as seen from here.</summary>
/// <param name="Since">UTC; start of this state's trouble, or of the present good time.</param>
/// <param name="LastError">Of the present trouble; null when there is none.</param>
/// <param name="Spooled">Services whose newest state the database has not acknowledged.</param>
/// <param name="Behind">Age of the oldest of them.</param>
/// <param name="HasMet">There was contact in this run: what is served includes what only the database knew.</param>
public readonly record struct ReplicationStatus(
    ReplicationState State, DateTimeOffset Since, string? LastError, int Spooled, TimeSpan Behind, bool HasMet);
