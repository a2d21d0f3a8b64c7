namespace Beacon.Aot;

/// <summary>What the program says of itself; ids 9000 to 9999, never reused. docs/operations.md lists them.</summary>
internal static partial class HostLog
{
    [LoggerMessage(9000, LogLevel.Information, "Beacon {Version} answers on {Urls}; services are kept in {DataDirectory}; {Services} services loaded")]
    public static partial void Started(ILogger logger, string version, string urls, string dataDirectory, int services);

    [LoggerMessage(9001, LogLevel.Information, "Beacon is stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(9002, LogLevel.Information, "Beacon stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(9003, LogLevel.Warning, "Configuration: {Warning}")]
    public static partial void ConfigurationWarning(ILogger logger, string warning);

    [LoggerMessage(9004, LogLevel.Critical, "The {Loop} loop died; Beacon stops so that whoever supervises it can start it afresh")]
    public static partial void LoopDied(ILogger logger, string loop, Exception exception);

    [LoggerMessage(9005, LogLevel.Error, "Not everything was stored before the time to stop was up: {Pending} changes are pending")]
    public static partial void DrainIncomplete(ILogger logger, int pending);

    [LoggerMessage(9006, LogLevel.Warning, "mDNS names could not be kept for the next start: {Reason}")]
    public static partial void NameNotKept(ILogger logger, string reason);

    [LoggerMessage(9007, LogLevel.Information, "Clean-up removed {Removed} expired services")]
    public static partial void CleanedUp(ILogger logger, int removed);

    [LoggerMessage(9008, LogLevel.Warning, "The last minute of the history was not written before the time to stop was up")]
    public static partial void HistoryIncomplete(ILogger logger);

    [LoggerMessage(9009, LogLevel.Warning, "The last entries of the event log were not written before the time to stop was up")]
    public static partial void EventsIncomplete(ILogger logger);
}
