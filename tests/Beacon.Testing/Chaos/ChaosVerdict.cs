namespace Beacon.Testing.Chaos;

/// <summary>What the checker says of one run.</summary>
/// <param name="Acknowledged">Requests that were promised.</param>
/// <param name="Unknown">Requests of which nobody knows.</param>
/// <param name="Deleted">Services whose removal was acknowledged.</param>
/// <param name="LeasesEnded">Ends of leases that were told, all of them held against what was promised.</param>
public sealed record ChaosVerdict(IReadOnlyList<ChaosFinding> Findings, int Acknowledged, int Unknown, int Deleted, int LeasesEnded)
{
    public int Count(ChaosFindingKind kind) => Findings.Count(x => x.Kind == kind);
}
