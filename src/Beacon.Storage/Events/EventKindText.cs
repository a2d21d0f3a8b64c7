namespace Beacon.Storage.Events;

/// <summary>Kinds of events as words: in the API, in its documentation and in MongoDB.</summary>
public static class EventKindText
{
    /// <summary>By the numbers of <see cref="EventKind"/>.</summary>
    private static readonly string[] Words =
    [
        "service_registered", "service_updated", "service_deregistered", "service_expired", "service_returned", "services_cleanup",
        "health_status_changed", "maintenance_started", "maintenance_ended", "beacon_started", "beacon_stopped", "store_failed",
        "store_recovered", "database_lost", "database_reached", "mdns_conflict", "mdns_renamed",
    ];

    public static IReadOnlyList<string> All => Words;

    public static string Of(EventKind kind) => Words[(int)kind];

    public static EventKind? Read(string word) => Array.IndexOf(Words, word) is >= 0 and var at ? (EventKind)at : null;

    /// <summary>False for a number somebody wrote who is not this version.</summary>
    public static bool TryRead(long number, out EventKind kind)
    {
        kind = (EventKind)number;
        return number >= 0 && number < Words.Length;
    }
}
