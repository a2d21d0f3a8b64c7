using Beacon.Features.Health.History;

namespace Beacon.Features.Status;

/// <summary>The numbers of the status page.</summary>
public static class StatusLimits
{
    /// <summary>Each is a heading: more are no overview.</summary>
    public const int MaxTags = 32;

    /// <summary>Characters: one line on most screens.</summary>
    public const int MaxTitle = 80;

    /// <summary>Rows: about 350 KB with 90 days each, before packing. Further services are counted, those in trouble are shown first.</summary>
    public const int MaxServices = 500;

    public const int MaxIncidents = 50;

    /// <summary>The newest are looked through for those of services that are shown.</summary>
    public const int MaxIncidentsRead = 1_000;

    /// <summary>Incidents that ended earlier are left out.</summary>
    public const int IncidentDays = 14;

    public const int MaxMaintenances = 50;

    /// <summary>Cells of a bar.</summary>
    public const int Days = DailyUptime.MostDays;

    /// <summary>How long a board is shown to everybody who asks before the next is made.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>The same for what is read of the past: it is written once a minute.</summary>
    public static readonly TimeSpan PastPace = TimeSpan.FromSeconds(60);

    /// <summary>A store that takes longer is not waited for: what is now does not depend on it.</summary>
    public static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);
}
