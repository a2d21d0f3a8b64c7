namespace Beacon.Storage.Health;

/// <summary>
/// Where the history of health, and of traffic, is kept. One caller writes at a time for each kind of chunk; anybody reads. A failure is an
/// exception and leaves everything as it was.
/// </summary>
public interface IHealthHistoryStore
{
    Task<HealthContents> LoadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All of it or nothing. Survives the end of the process when the task completes; a power cut may take the last of it, because history is
    /// not worth a sync of an SD card each minute.
    /// </summary>
    Task WriteAsync(HealthWrite write, CancellationToken cancellationToken);

    /// <summary>Those that are there, in the order asked for.</summary>
    Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken);

    /// <summary>Keys of all chunks of a kind that begin in hours from <paramref name="from"/> up to, not including, <paramref name="to"/>; in order.</summary>
    /// <param name="after">Only keys beyond this one; for reading on.</param>
    Task<IReadOnlyList<ChunkKey>> ListAsync(
        SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken);

    Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken);

    /// <summary>Incidents changed after that <see cref="Incident.Change"/>, in the order of changes.</summary>
    Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken);
}
