using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health.History;

/// <summary>Log catalogue 4200–4299: the history of health and traffic.</summary>
internal static partial class HistoryLog
{
    [LoggerMessage(4200, LogLevel.Warning, "The store did not take the history of health; it is kept in memory and tried again: {Error}")]
    public static partial void WriteFailed(ILogger logger, string error);

    [LoggerMessage(4201, LogLevel.Information, "The store takes the history of health again")]
    public static partial void Recovered(ILogger logger);

    [LoggerMessage(4202, LogLevel.Warning, "A piece of history, {Kind} from {Start} of series {Series}, is damaged and was read as far as it goes")]
    public static partial void ChunkDamaged(ILogger logger, SeriesKind kind, DateTimeOffset start, int series);

    [LoggerMessage(4203, LogLevel.Warning, "{Count} entries of the journal of health are damaged and were read as far as they go")]
    public static partial void JournalDamaged(ILogger logger, int count);

    [LoggerMessage(4204, LogLevel.Warning, "{Count} results of health checks were left out of the history: there were too many at once")]
    public static partial void ResultsDropped(ILogger logger, long count);

    [LoggerMessage(4205, LogLevel.Warning, "The clock has moved by {Hours} hours since the last full hour; no old history is thrown away for a day")]
    public static partial void ClockMoved(ILogger logger, long hours);

    [LoggerMessage(4206, LogLevel.Warning, "The archive of health cannot be reached; the history is kept here and sent on later: {Error}")]
    public static partial void ArchiveFailed(ILogger logger, string error);

    [LoggerMessage(4207, LogLevel.Information, "The archive of health is reached again")]
    public static partial void ArchiveRecovered(ILogger logger);
}
