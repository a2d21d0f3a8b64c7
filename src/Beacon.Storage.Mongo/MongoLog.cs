using Microsoft.Extensions.Logging;

namespace Beacon.Storage.Mongo;

/// <summary>Log catalogue 3200–3299: MongoDB. No line may hold the URL: it carries a password.</summary>
internal static partial class MongoLog
{
    [LoggerMessage(3200, LogLevel.Information, "MongoDB at {Hosts}, database {Database}, is reached")]
    public static partial void Connected(ILogger logger, string hosts, string database);

    [LoggerMessage(3201, LogLevel.Warning,
        "The user is not known in the database {Database} that the URL names, but in admin; add authSource=admin to BEACON_MONGODB_URL to save an attempt at each start")]
    public static partial void AuthenticatedByAdmin(ILogger logger, string database);

    [LoggerMessage(3202, LogLevel.Information, "Index {Index} of {Collection} was replaced: it was made with other options")]
    public static partial void IndexReplaced(ILogger logger, string index, string collection);

    [LoggerMessage(3203, LogLevel.Information, "Documents of an earlier version: {Converted} taken over, {SetAside} set aside in {Collection}")]
    public static partial void TakenOver(ILogger logger, int converted, int setAside, string collection);

    [LoggerMessage(3204, LogLevel.Warning, "Document {Document} is set aside, not deleted: {Reason}")]
    public static partial void DocumentSetAside(ILogger logger, string document, string reason);

    [LoggerMessage(3205, LogLevel.Warning, "Document of service {Id} cannot be read and is left alone: {Reason}")]
    public static partial void DocumentSkipped(ILogger logger, string id, string reason);

    [LoggerMessage(3206, LogLevel.Warning, "The clock of the database differs from this machine's by {Difference}; leases are counted by what is left of them")]
    public static partial void ClocksDiffer(ILogger logger, TimeSpan difference);

    [LoggerMessage(3207, LogLevel.Warning, "TLS: {File} has no certificate that can be read: {Error}")]
    public static partial void BadAuthority(ILogger logger, string file, string error);
}
