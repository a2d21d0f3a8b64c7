namespace Beacon.Storage.Replication;

/// <summary>The numbers of replication.</summary>
public static class ReplicationLimits
{
    /// <summary>
    /// How long a change waits for the database before the spool takes over. A change that arrives while another is on its way waits
    /// for both, and both together stay below <see cref="StorageLimits.WaitLimit"/>, after which a client would be turned away.
    /// </summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(800);

    /// <summary>
    /// How long a start with services in the spool waits for the database: enough for one that is well, and clients find nobody there
    /// for no longer than a restart takes anyway.
    /// </summary>
    public static readonly TimeSpan KnownStartLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>One exchange with the database is given up after that and counts as failed.</summary>
    public static readonly TimeSpan FlightLimit = TimeSpan.FromSeconds(10);

    /// <summary>Reading and comparing a whole database may take longer.</summary>
    public static readonly TimeSpan ContactLimit = TimeSpan.FromSeconds(120);

    /// <summary>Trouble that lasts longer is an outage.</summary>
    public static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(5);

    /// <summary>A database that was slow counts as well again after so long without anything to send, or after a quick answer.</summary>
    public static readonly TimeSpan QuietRecovery = TimeSpan.FromSeconds(5);

    /// <summary>How often the database is compared with what is known to be in it; each 1,000 services add a second.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(60);

    /// <summary>How long a removal is remembered, to recognise a write that was under way when the service left.</summary>
    public static readonly TimeSpan TombstoneLife = TimeSpan.FromHours(24);

    /// <summary>Removals remembered; the oldest are forgotten first.</summary>
    public const int MaxTombstones = 65_536;

    /// <summary>Services in one exchange; a message may have 48 MB and a full service has 150 kB.</summary>
    public const int MaxBatch = 250;

    /// <summary>Exchanges in a row that settle nothing before the next waits as after a failure.</summary>
    public const int MaxFruitless = 3;
}
