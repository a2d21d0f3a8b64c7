namespace Beacon.Storage.Health;

/// <summary>Changes that belong together.</summary>
public sealed record HealthWrite
{
    /// <summary>New, or replacing the one of that number.</summary>
    public IReadOnlyList<HealthSeries> Series { get; init; } = [];

    /// <summary>Numbers of series that are no more; their chunks are in <see cref="Removed"/>.</summary>
    public IReadOnlyList<int> Forgotten { get; init; } = [];

    /// <summary>Entries up to this sequence go.</summary>
    public long JournalThrough { get; init; }

    public JournalEntry? Journal { get; init; }

    /// <summary>New, or replacing the one of that key.</summary>
    public IReadOnlyList<Chunk> Chunks { get; init; } = [];

    public IReadOnlyList<ChunkKey> Removed { get; init; } = [];

    /// <summary>Chunks of each kind that begin before this hour go.</summary>
    public IReadOnlyList<(SeriesKind Kind, long BeforeHour)> Trims { get; init; } = [];

    /// <summary>New, or replacing the one of that number.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Incidents that ended before go.</summary>
    public DateTimeOffset? IncidentsBefore { get; init; }

    /// <summary>Incidents that ended before <see cref="GoneIncidentsBefore"/> go when their service has no series any more.</summary>
    public DateTimeOffset? GoneIncidentsBefore { get; init; }

    /// <summary>Small numbers to remember.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Marks { get; init; } = [];
}
