namespace Beacon.Storage.Health;

/// <summary>A part of the history in the form others read it.</summary>
public sealed record ArchiveBatch
{
    public IReadOnlyList<ArchivedResult> Results { get; init; } = [];

    public IReadOnlyList<ArchivedRollUps> RollUps { get; init; } = [];

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    public bool IsEmpty => Results.Count == 0 && RollUps.Count == 0 && Incidents.Count == 0;
}
