using Beacon.Storage.Health;

namespace Beacon.Features.Tests.Health.History;

/// <summary>A store that refuses on demand, and counts.</summary>
internal sealed class FlakyHealthStore : IHealthHistoryStore
{
    public MemoryHealthStore Inner { get; } = new();

    /// <summary>Writes let through before all are refused; null: none is.</summary>
    public int? WritesLeft { get; set; }

    public List<HealthWrite> Writes { get; } = [];

    public Task<HealthContents> LoadAsync(CancellationToken cancellationToken) => Inner.LoadAsync(cancellationToken);

    public Task WriteAsync(HealthWrite write, CancellationToken cancellationToken)
    {
        if (WritesLeft-- <= 0)
        {
            throw new IOException("no space left");
        }

        Writes.Add(write);
        return Inner.WriteAsync(write, cancellationToken);
    }

    public Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken) =>
        Inner.ReadAsync(keys, cancellationToken);

    public Task<IReadOnlyList<ChunkKey>> ListAsync(
        SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken) =>
        Inner.ListAsync(kind, from, to, after, limit, cancellationToken);

    public Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken) =>
        Inner.ReadIncidentsAsync(query, cancellationToken);

    public Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
        Inner.ReadIncidentChangesAsync(after, limit, cancellationToken);
}
