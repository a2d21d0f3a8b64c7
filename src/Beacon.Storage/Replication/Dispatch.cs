namespace Beacon.Storage.Replication;

/// <summary>One service on its way, as it stood when it was taken from the queue; it may change, and wait again, meanwhile.</summary>
/// <param name="Ticket">Of the first change in it.</param>
/// <param name="QueuedAt">Monotonic; when that change came.</param>
internal readonly record struct Dispatch(Replica Replica, SharedWrite Write, long Ticket, long QueuedAt);
