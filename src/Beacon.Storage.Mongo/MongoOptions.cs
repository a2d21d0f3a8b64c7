namespace Beacon.Storage.Mongo;

/// <summary>What to use of a MongoDB.</summary>
public sealed record MongoOptions
{
    /// <summary>Who did what; nothing is written to it yet.</summary>
    internal const string Audit = "audit";

    public required MongoAddress Address { get; init; }

    public string Database { get; init; } = "beacon";

    public string Services { get; init; } = "services";

    public string HealthChecks { get; init; } = "health_checks";

    /// <summary>PEM file with the authorities that sign the server's certificate; null: those of the system.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>This Beacon among others: a UUID that outlives the process.</summary>
    public required string BeaconId { get; init; }

    /// <summary>Where removals are remembered for other Beacons.</summary>
    internal string Removed => $"{Services}_removed";

    /// <summary>Where documents go that are in the way.</summary>
    internal string SetAside => $"{Services}_set_aside";

    internal string HealthRollUps => $"{HealthChecks}_rollups";

    internal string HealthIncidents => $"{HealthChecks}_incidents";
}
