namespace Beacon.Storage.Health;

/// <summary>What a chunk holds. The numbers are in stored keys: none is ever used for something else.</summary>
public enum SeriesKind
{
    /// <summary>Every result of one hour.</summary>
    Results = 1,

    /// <summary>Roll-ups of a minute each, one hour of them.</summary>
    Minutes = 2,

    /// <summary>Roll-ups of an hour each, one day (UTC) of them.</summary>
    Hours = 3,

    /// <summary>Roll-ups of a day each, one month (UTC) of them.</summary>
    Days = 4,

    /// <summary>Traffic by the minute, one hour of it; likewise below.</summary>
    TrafficMinutes = 5,
    TrafficHours = 6,
    TrafficDays = 7,
}
