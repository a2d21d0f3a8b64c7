using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>What was of one service.</summary>
/// <param name="Uptime">By window; null where nothing is known.</param>
/// <param name="Summary">Over the whole window.</param>
/// <param name="Points">Oldest first; stretches without a check are left out.</param>
/// <param name="Incidents">That went on in the window, newest first.</param>
/// <param name="Results">The last ones, newest first.</param>
public sealed record ServiceHistory(
    IReadOnlyDictionary<HistoryWindow, double?> Uptime,
    HistoryPoint Summary,
    IReadOnlyList<HistoryPoint> Points,
    IReadOnlyList<Incident> Incidents,
    IReadOnlyList<PastResult> Results);
