namespace Beacon.Storage.Events;

/// <summary>
/// Where the event log is kept. One caller writes and trims at a time; anybody reads. A failure is an exception and leaves everything as it
/// was.
/// </summary>
public interface IEventStore
{
    /// <summary>The largest id ever written, of entries thrown away too; 0 before the first.</summary>
    Task<long> LastIdAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All or nothing; ids rise. Survives the end of the process when the task completes; a power cut may take the last of it, because a log
    /// is not worth a sync of an SD card every few seconds.
    /// </summary>
    Task WriteAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at the oldest <paramref name="most"/> entries and throws away those from before <paramref name="before"/> and those with ids up to
    /// <paramref name="through"/>.
    /// </summary>
    /// <param name="before">Null: none for its age.</param>
    /// <returns>How many went.</returns>
    Task<int> TrimAsync(DateTimeOffset? before, long through, int most, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>Entries with larger ids, oldest first.</summary>
    Task<IReadOnlyList<EventEntry>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken);
}
