namespace Beacon.Storage.Events;

/// <summary>A database that other programs read the event log from. Beacon writes to it and never reads.</summary>
public interface IEventArchive
{
    /// <summary>Storing the same again changes nothing. A failure is an exception; some of it may be stored then.</summary>
    Task StoreAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken);
}
