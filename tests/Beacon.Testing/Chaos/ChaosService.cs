namespace Beacon.Testing.Chaos;

/// <summary>A service as one side shows it.</summary>
/// <param name="Stamp">Mark of its content; -1 when it has none.</param>
/// <param name="Ttl">Seconds.</param>
/// <param name="ExpiresAt">UTC, to the millisecond: MongoDB has no more, apart from what Beacon puts beside it.</param>
public sealed record ChaosService(string Id, int Household, string Name, int Stamp, string Status, int Ttl, DateTimeOffset ExpiresAt)
{
    private const int LongestGrace = 300;

    /// <summary>
    /// The database shows the same. After a start Beacon lets no lease end before its grace, and writes that down with the next heartbeat only.
    /// </summary>
    /// <param name="startedAt">UTC; when Beacon was last started, or later.</param>
    public bool IsKeptAs(ChaosService inDatabase, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(inDatabase);
        var hasGrace = inDatabase.ExpiresAt < ExpiresAt && ExpiresAt <= startedAt.AddSeconds(Math.Min(Ttl, LongestGrace));
        return this == (hasGrace ? inDatabase with { ExpiresAt = ExpiresAt } : inDatabase);
    }
}
