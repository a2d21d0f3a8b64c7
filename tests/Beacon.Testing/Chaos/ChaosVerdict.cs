namespace Beacon.Testing.Chaos;

/// <summary>What the checker says of one run.</summary>
/// <param name="Outcomes">Requests by how they ended.</param>
/// <param name="Deleted">Services whose removal was acknowledged.</param>
/// <param name="LeasesEnded">Ends of leases that were told, all of them held against what was promised.</param>
public sealed record ChaosVerdict(IReadOnlyList<ChaosFinding> Findings, IReadOnlyDictionary<ChaosOutcome, int> Outcomes, int Deleted, int LeasesEnded)
{
    public int Acknowledged => Count(ChaosOutcome.Acknowledged);

    public int Count(ChaosOutcome outcome) => Outcomes.GetValueOrDefault(outcome);

    public int Count(ChaosFindingKind kind) => Findings.Count(x => x.Kind == kind);
}
