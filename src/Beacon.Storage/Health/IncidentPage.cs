namespace Beacon.Storage.Health;

/// <summary>Newest first.</summary>
/// <param name="Total">All that match, not only on this page.</param>
public sealed record IncidentPage(IReadOnlyList<Incident> Incidents, int Total);
