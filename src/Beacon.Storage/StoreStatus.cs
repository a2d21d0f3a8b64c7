namespace Beacon.Storage;

/// <summary>The store as seen by the queue before it.</summary>
/// <param name="Since">UTC; start of the trouble, or of the present good time.</param>
/// <param name="LastError">Of the present trouble; null when there is none, or when the store is slow but has not failed.</param>
/// <param name="PendingChanges">Services whose newest state is not in the store yet, heartbeats held back included.</param>
/// <param name="Behind">Age of the oldest change that is not in the store; heartbeats held back on purpose do not count.</param>
public readonly record struct StoreStatus(
    StoreState State,
    DateTimeOffset Since,
    string? LastError,
    int PendingChanges,
    TimeSpan Behind);
