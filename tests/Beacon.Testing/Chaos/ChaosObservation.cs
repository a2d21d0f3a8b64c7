namespace Beacon.Testing.Chaos;

/// <summary>What each side shows after everything was healed and sent on.</summary>
/// <param name="At">UTC; nothing was asked for after that.</param>
/// <param name="StartedAt">UTC; when Beacon was last started, or a little later.</param>
/// <param name="Registry">What Beacon answers.</param>
/// <param name="Database">What MongoDB holds.</param>
/// <param name="ReadBack">What a Beacon with an empty data directory makes of the database alone.</param>
public sealed record ChaosObservation(
    DateTimeOffset At,
    DateTimeOffset StartedAt,
    IReadOnlyList<ChaosService> Registry,
    IReadOnlyList<ChaosService> Database,
    IReadOnlyList<ChaosService> ReadBack);
