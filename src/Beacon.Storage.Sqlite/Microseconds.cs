namespace Beacon.Storage.Sqlite;

/// <summary>Instants as whole microseconds since 1970 UTC: what the API prints, sortable, and exact in 64 bits until the year 9999.</summary>
internal static class Microseconds
{
    private static readonly long Least = From(DateTimeOffset.MinValue);
    private static readonly long Most = From(DateTimeOffset.MaxValue);

    public static long From(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static bool TryRead(long microseconds, out DateTimeOffset instant)
    {
        var known = microseconds >= Least && microseconds <= Most;
        instant = known ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : default;
        return known;
    }
}
