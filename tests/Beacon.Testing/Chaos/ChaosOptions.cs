namespace Beacon.Testing.Chaos;

/// <summary>One run.</summary>
public sealed record ChaosOptions
{
    public required int Seed { get; init; }

    /// <summary>The published binary.</summary>
    public required string Binary { get; init; }

    /// <summary>For the data, the database and Beacon's log; made when it is missing.</summary>
    public required string Directory { get; init; }

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(60);

    public int PerSecond { get; init; } = 500;

    public int Households { get; init; } = 600;

    public ChaosPlants Plants { get; init; }
}
