namespace Beacon.Aot.Api;

/// <summary>Log catalogue of the HTTP interface, 6000–6999.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(6001, LogLevel.Error, "A {Method} request for {Path} failed; the client got status 500")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(6002, LogLevel.Warning, "A {Method} request for {Path} from a web page of origin {Origin} was refused; add the origin to CORS_ORIGINS to allow it")]
    public static partial void ForeignOriginRefused(ILogger logger, string method, string path, string origin);

    [LoggerMessage(6003, LogLevel.Information, "Service {Name} registered as {ServiceId} at {Host}:{Port}")]
    public static partial void Registered(ILogger logger, string name, Guid serviceId, string host, int port);

    [LoggerMessage(6004, LogLevel.Information, "Service {Name}, {ServiceId}, deregistered")]
    public static partial void Deregistered(ILogger logger, string name, Guid serviceId);

    [LoggerMessage(6005, LogLevel.Warning, "A {Method} request for {Path} was answered 503: {Reason}")]
    public static partial void StoreUnavailable(ILogger logger, string method, string path, string reason);

    [LoggerMessage(6006, LogLevel.Information, "Service {Name}, {ServiceId}: maintenance until {Until} (none: over)")]
    public static partial void MaintenanceChanged(ILogger logger, string name, Guid serviceId, DateTimeOffset? until);

    [LoggerMessage(6007, LogLevel.Warning, "{Count} more requests were answered 503 since the last such line")]
    public static partial void MoreStoreUnavailable(ILogger logger, int count);
}
