using Beacon.Registry.Services;

namespace Beacon.Storage.Health;

/// <summary>The port without a disk: for demonstrations and tests.</summary>
public sealed class MemoryHealthStore : IHealthHistoryStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, HealthSeries> _series = [];
    private readonly SortedDictionary<long, byte[]> _journal = [];
    private readonly SortedDictionary<long, byte[]> _chunks = [];
    private readonly SortedDictionary<long, Incident> _incidents = [];
    private readonly Dictionary<string, long> _marks = [];

    public Task<HealthContents> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(new HealthContents(
                [.. _series.Values.OrderBy(x => x.Series)],
                [.. _journal.Select(x => new JournalEntry(x.Key, x.Value))],
                [.. _incidents.Values.Where(x => x.EndedAt is null)],
                new Dictionary<string, long>(_marks),
                _incidents.Keys.LastOrDefault(),
                _incidents.Values.Select(x => x.Change).DefaultIfEmpty().Max()));
        }
    }

    public Task WriteAsync(HealthWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_gate)
        {
            Put(write);
            WriteChunks(write);
            WriteIncidents(write);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        lock (_gate)
        {
            IReadOnlyList<Chunk> found = [.. keys.Where(x => _chunks.ContainsKey(x.Value)).Select(x => new Chunk(x, _chunks[x.Value]))];
            return Task.FromResult(found);
        }
    }

    public Task<IReadOnlyList<ChunkKey>> ListAsync(
        SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken)
    {
        var first = Math.Max(ChunkKey.Of(kind, from, 0).Value, after.Value + 1);
        var end = ChunkKey.Of(kind, to, 0).Value;
        lock (_gate)
        {
            IReadOnlyList<ChunkKey> found = [.. _chunks.Keys.Where(x => x >= first && x < end).Take(limit).Select(x => new ChunkKey(x))];
            return Task.FromResult(found);
        }
    }

    public Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            var matching = _incidents.Values
                .Where(x => query.IsOpen is not { } open || open == x.EndedAt is null)
                .Where(x => query.Service is not { } service || service == x.Service)
                .Where(x => query.Since is not { } since || x.EndedAt is null || x.EndedAt >= since)
                .OrderByDescending(x => x.StartedAt)
                .ThenByDescending(x => x.Number)
                .ToList();
            return Task.FromResult(new IncidentPage([.. matching.Skip(query.Skip).Take(query.Limit)], matching.Count));
        }
    }

    public Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<Incident> changed = [.. _incidents.Values.Where(x => x.Change > after).OrderBy(x => x.Change).Take(limit)];
            return Task.FromResult(changed);
        }
    }

    private void Put(HealthWrite write)
    {
        foreach (var series in write.Series)
        {
            _series[series.Series] = series;
        }

        foreach (var gone in write.Forgotten)
        {
            _series.Remove(gone);
        }

        foreach (var sequence in _journal.Keys.Where(x => x <= write.JournalThrough).ToList())
        {
            _journal.Remove(sequence);
        }

        if (write.Journal is { } entry)
        {
            _journal[entry.Sequence] = entry.Data.ToArray();
        }

        foreach (var (name, value) in write.Marks)
        {
            _marks[name] = value;
        }
    }

    private void WriteChunks(HealthWrite write)
    {
        foreach (var chunk in write.Chunks)
        {
            _chunks[chunk.Key.Value] = chunk.Data.ToArray();
        }

        foreach (var key in write.Removed)
        {
            _chunks.Remove(key.Value);
        }

        foreach (var (kind, before) in write.Trims)
        {
            var first = ChunkKey.Of(kind, 0, 0).Value;
            var end = ChunkKey.Of(kind, before, 0).Value;
            foreach (var key in _chunks.Keys.Where(x => x >= first && x < end).ToList())
            {
                _chunks.Remove(key);
            }
        }
    }

    private void WriteIncidents(HealthWrite write)
    {
        foreach (var incident in write.Incidents)
        {
            _incidents[incident.Number] = incident;
        }

        HashSet<ServiceId> known = [.. _series.Values.Select(x => x.Id)];
        var over = _incidents.Values
            .Where(x => x.EndedAt < write.IncidentsBefore || (x.EndedAt < write.GoneIncidentsBefore && !known.Contains(x.Service)))
            .Select(x => x.Number)
            .ToList();
        over.ForEach(x => _incidents.Remove(x));
    }
}
