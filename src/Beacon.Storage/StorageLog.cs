using Microsoft.Extensions.Logging;

namespace Beacon.Storage;

/// <summary>Log catalogue 3000–3099: the write-through queue. The stores have the following hundreds.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(3000, LogLevel.Warning, "The store did not take {Changes} changes and will be asked again in {Delay}: {Error}")]
    public static partial void WriteFailed(ILogger logger, int changes, TimeSpan delay, string error);

    [LoggerMessage(3001, LogLevel.Debug, "The store failed {Failures} times in a row, next attempt in {Delay}: {Error}")]
    public static partial void WriteFailedAgain(ILogger logger, int failures, TimeSpan delay, string error);

    [LoggerMessage(3002, LogLevel.Error,
        "The store is down: registrations are answered 503 until it is back, reads are answered from memory; {Pending} changes wait: {Error}")]
    public static partial void StoreDown(ILogger logger, int pending, string error);

    [LoggerMessage(3003, LogLevel.Information, "The store is back after {Outage} and {Failures} failed attempts")]
    public static partial void StoreRecovered(ILogger logger, TimeSpan outage, int failures);

    [LoggerMessage(3004, LogLevel.Warning, "The store has not answered a write for {Waited}; changes are kept in memory")]
    public static partial void StoreSlow(ILogger logger, TimeSpan waited);

    [LoggerMessage(3005, LogLevel.Warning, "The write queue lost sight of the registry ({Reason}); store and registry are compared afresh")]
    public static partial void ResyncNeeded(ILogger logger, string reason);

    [LoggerMessage(3006, LogLevel.Information, "The store was brought level with the registry: {Services} services written, {Removed} removed")]
    public static partial void Resynchronised(ILogger logger, int services, int removed);
}
