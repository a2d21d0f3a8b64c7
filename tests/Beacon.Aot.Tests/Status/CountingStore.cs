using Beacon.Storage.Health;

namespace Beacon.Aot.Tests.Status;

/// <summary>Counts how often it is asked for incidents, and may be broken.</summary>
internal sealed class CountingStore : IHealthHistoryStore
{
    private readonly MemoryHealthStore _store = new();

    public int Reads { get; set; }

    public bool IsBroken { get; init; }

    public Task<HealthContents> LoadAsync(CancellationToken cancellationToken) =>
        IsBroken ? throw new IOException("the disk is gone") : _store.LoadAsync(cancellationToken);

    public Task WriteAsync(HealthWrite write, CancellationToken cancellationToken) => _store.WriteAsync(write, cancellationToken);

    public Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken) => _store.ReadAsync(keys, cancellationToken);

    public Task<IReadOnlyList<ChunkKey>> ListAsync(SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(kind, from, to, after, limit, cancellationToken);

    public Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        Reads++;
        return _store.ReadIncidentsAsync(query, cancellationToken);
    }

    public Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        _store.ReadIncidentChangesAsync(after, limit, cancellationToken);
}
