using Microsoft.Extensions.Logging;

namespace Beacon.Features.Events;

/// <summary>Log catalogue 4300–4399: the event log.</summary>
internal static partial class EventLogMessages
{
    [LoggerMessage(4300, LogLevel.Warning, "The store did not take the event log; it is kept in memory and tried again: {Error}")]
    public static partial void WriteFailed(ILogger logger, string error);

    [LoggerMessage(4301, LogLevel.Information, "The store takes the event log again")]
    public static partial void Recovered(ILogger logger);

    [LoggerMessage(4302, LogLevel.Warning, "{Count} events were left out of the log: there were too many at once, or the store refused them for too long")]
    public static partial void Dropped(ILogger logger, long count);

    [LoggerMessage(4303, LogLevel.Warning, "The event log cannot be copied to MongoDB; it is kept here and sent on later: {Error}")]
    public static partial void ArchiveFailed(ILogger logger, string error);

    [LoggerMessage(4304, LogLevel.Information, "The event log is copied to MongoDB again")]
    public static partial void ArchiveRecovered(ILogger logger);
}
