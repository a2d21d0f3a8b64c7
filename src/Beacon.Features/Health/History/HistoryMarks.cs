namespace Beacon.Features.Health.History;

/// <summary>Names of the small numbers that are kept with the history.</summary>
internal static class HistoryMarks
{
    /// <summary>Greatest number of a series ever given: none is used again.</summary>
    public const string LastSeries = "last_series";

    /// <summary>The last day, since 1970, whose hours have been rolled up.</summary>
    public const string LastDay = "last_day";

    /// <summary>The hour in which the last chunks were made: from it a clock that jumps is told.</summary>
    public const string LastHour = "last_hour";

    /// <summary>The last hour that the archive has.</summary>
    public const string ArchivedHour = "archived_hour";

    /// <summary>The last change of an incident that the archive has.</summary>
    public const string ArchivedIncident = "archived_incident";
}
