namespace Beacon.Features.Health.History;

/// <summary>The numbers of the history.</summary>
public static class HistoryLimits
{
    /// <summary>
    /// Results that wait to be taken in. Ten thousand services that are checked every 30 s bring 1,700 in the five seconds between two
    /// looks; ten times that is a loop that hangs, and further results are counted and dropped.
    /// </summary>
    public const int QueueCapacity = 16_384;

    /// <summary>
    /// Results of one service kept of one hour: eight times the most its schedule can bring. Further ones (somebody asks for a check
    /// again and again) are counted and dropped.
    /// </summary>
    public const int MaxResultsPerHour = 1_000;

    /// <summary>Different error texts told apart in one chunk: a server that puts the time into its error must not fill the disk.</summary>
    public const int MaxErrors = 16;

    /// <summary>The same for one entry of the journal, which has the results of all services of a minute.</summary>
    public const int MaxJournalErrors = 1_000;

    /// <summary>Finished hours of one service that wait for a store that refuses them; beyond that the oldest goes and is counted.</summary>
    public const int MaxWaitingHours = 24;

    /// <summary>Series written in one transaction: the thread of the store is needed by registrations too.</summary>
    public const int SliceSeries = 100;

    /// <summary>Chunks read at a time, for the same reason.</summary>
    public const int SliceReads = 128;

    public const int MaxPoints = 500;
    public const int LastResults = 50;

    /// <summary>Closed incidents shown with a service; the list of incidents has the others.</summary>
    public const int MaxIncidents = 100;

    /// <summary>How often the queue is emptied.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>How often the journal is written: what a kill or a power cut may cost. Shorter loses less and wears the disk more.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(60);

    /// <summary>How long the history of a service stays that is not registered any more. Its id does not come back.</summary>
    public static readonly TimeSpan GoneRetention = TimeSpan.FromDays(1);

    /// <summary>How long its incidents stay in the list.</summary>
    public static readonly TimeSpan GoneIncidentRetention = TimeSpan.FromDays(30);

    /// <summary>
    /// When the clock has moved by more than that since the last hour's end, nothing is thrown away for as long: on a board without a clock
    /// of its own it may be wrong.
    /// </summary>
    public static readonly TimeSpan ClockTrust = TimeSpan.FromDays(1);
}
