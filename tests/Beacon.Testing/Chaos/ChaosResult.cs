namespace Beacon.Testing.Chaos;

/// <summary>One run and what is to be said of it.</summary>
/// <param name="Plan">What was done to the database and to Beacon.</param>
/// <param name="Skipped">Due while every client waited for an answer.</param>
/// <param name="Services">Registered in the end.</param>
/// <param name="LevelAfter">From the last fault until both sides were level.</param>
public sealed record ChaosResult(
    int Seed, IReadOnlyList<ChaosEvent> Plan, ChaosVerdict Verdict, ChaosHistory History, int Skipped, int Services, TimeSpan LevelAfter);
