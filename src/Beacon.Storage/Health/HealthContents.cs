namespace Beacon.Storage.Health;

/// <summary>What a start has to know.</summary>
/// <param name="Journal">In order.</param>
/// <param name="LastIncident">Greatest <see cref="Incident.Number"/> ever given as far as is known; 0: none.</param>
/// <param name="LastChange">Greatest <see cref="Incident.Change"/>.</param>
public sealed record HealthContents(
    IReadOnlyList<HealthSeries> Series,
    IReadOnlyList<JournalEntry> Journal,
    IReadOnlyList<Incident> OpenIncidents,
    IReadOnlyDictionary<string, long> Marks,
    long LastIncident,
    long LastChange);
