namespace Beacon.Features.Status;

/// <summary>Everything the page shows, of one moment.</summary>
/// <param name="PastAt">When the figures of the past were read; null: they cannot be read.</param>
/// <param name="IsBlind">Nobody can say which services there are.</param>
/// <param name="Counts">Of all services with one of the tags, also those without a row; by <see cref="ServiceCondition"/>.</param>
/// <param name="NotShown">Services without a row.</param>
/// <param name="Incidents">Newest first; null: they cannot be read.</param>
/// <param name="HasMoreIncidents">Older ones than these were left out.</param>
/// <param name="Maintenances">Those that end first, first.</param>
public sealed record StatusBoard(
    DateTimeOffset MadeAt,
    DateTimeOffset? PastAt,
    bool IsBlind,
    IReadOnlyList<int> Counts,
    IReadOnlyList<StatusGroup> Groups,
    int NotShown,
    IReadOnlyList<StatusIncident>? Incidents,
    bool HasMoreIncidents,
    IReadOnlyList<StatusMaintenance> Maintenances)
{
    public int Count(ServiceCondition condition) => Counts[(int)condition];

    public int Total => Counts.Sum();

    public int InTrouble => Count(ServiceCondition.Down) + Count(ServiceCondition.Expired);
}
