namespace Beacon.Aot.Api;

/// <summary>Log catalogue of the HTTP interface, 6000–6999.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(6001, LogLevel.Error, "A {Method} request for {Path} failed; the client got status 500")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(6002, LogLevel.Warning, "A {Method} request for {Path} from a web page of origin {Origin} was refused; add the origin to CORS_ORIGINS to allow it")]
    public static partial void ForeignOriginRefused(ILogger logger, string method, string path, string origin);
}
