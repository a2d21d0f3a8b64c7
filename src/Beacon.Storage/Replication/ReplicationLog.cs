using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Replication;

/// <summary>Log catalogue 3300–3399: the shared database as a partner.</summary>
internal static partial class ReplicationLog
{
    [LoggerMessage(3300, LogLevel.Information, "The database is reached: {InDatabase} services there, {Adopted} taken over from it, {ToSend} to be written to it")]
    public static partial void Met(ILogger logger, int inDatabase, int adopted, int toSend);

    [LoggerMessage(3301, LogLevel.Warning, "The database did not take {Changes} changes; they are in the spool, next attempt in {Delay}: {Error}")]
    public static partial void Failed(ILogger logger, int changes, TimeSpan delay, string error);

    [LoggerMessage(3302, LogLevel.Debug, "The database failed {Failures} times in a row, next attempt in {Delay}: {Error}")]
    public static partial void FailedAgain(ILogger logger, int failures, TimeSpan delay, string error);

    [LoggerMessage(3303, LogLevel.Warning, "The database has not answered within {Limit}: changes are answered from the spool until it keeps up")]
    public static partial void Slow(ILogger logger, TimeSpan limit);

    [LoggerMessage(3304, LogLevel.Error, "The database is down for {Outage}; everything goes on from memory, {Spooled} changes are in the spool: {Error}")]
    public static partial void Down(ILogger logger, TimeSpan outage, int spooled, string error);

    [LoggerMessage(3305, LogLevel.Information, "The database is back after {Outage} and {Failures} failed attempts; {Spooled} changes are sent on")]
    public static partial void Back(ILogger logger, TimeSpan outage, int failures, int spooled);

    [LoggerMessage(3306, LogLevel.Information, "The database has everything again")]
    public static partial void Level(ILogger logger);

    [LoggerMessage(3307, LogLevel.Warning, "{Count} services had vanished from the database, as after it was emptied or restored from a backup; they are written again")]
    public static partial void Vanished(ILogger logger, int count);

    [LoggerMessage(3308, LogLevel.Warning, "{Count} services were changed in the database by somebody else, or by this Beacon before it was killed; what is registered here is written over it")]
    public static partial void Foreign(ILogger logger, int count);

    [LoggerMessage(3309, LogLevel.Information, "{Count} services were found in the database that were not known here; they are registered now")]
    public static partial void Adopted(ILogger logger, int count);

    [LoggerMessage(3310, LogLevel.Warning, "{Count} services came back into the database after they had been removed, as a delayed write can do; they are removed again")]
    public static partial void Ghosts(ILogger logger, int count);

    [LoggerMessage(3311, LogLevel.Warning, "Service {Id} in the database has the name, host and port of {Registered} that is registered here; it is set aside, not deleted")]
    public static partial void SetAside(ILogger logger, string id, string registered);

    [LoggerMessage(3312, LogLevel.Error, "The database refuses service {Id}, it stays in the spool and is tried again: {Error}")]
    public static partial void Refused(ILogger logger, string id, string error);

    [LoggerMessage(3313, LogLevel.Warning, "{Count} services of the database are not taken over: no more than BEACON_MAX_SERVICES are held")]
    public static partial void NoRoom(ILogger logger, int count);

    [LoggerMessage(3314, LogLevel.Warning, "The database cannot be reached; {Services} services are served as last known from the spool: {Error}")]
    public static partial void StartedWithout(ILogger logger, int services, string error);
}
