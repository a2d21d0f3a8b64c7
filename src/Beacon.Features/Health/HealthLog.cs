using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Health;

/// <summary>Log catalogue 4000–4099: health checks. Never a header's value; URLs without user and password.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(4000, LogLevel.Information, "Health checks run for {Services} services, at most {Concurrency} at once")]
    public static partial void Started(ILogger logger, int services, int concurrency);

    [LoggerMessage(4001, LogLevel.Information, "{Name} ({Service}) is healthy")]
    public static partial void Healthy(ILogger logger, string name, ServiceId service);

    [LoggerMessage(4002, LogLevel.Warning, "{Name} ({Service}) is unhealthy after {Failures} failed checks of {Url}: {Reason}")]
    public static partial void Unhealthy(ILogger logger, string name, ServiceId service, int failures, string url, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "{Name} ({Service}) changes too often; what was believed last stays until it settles")]
    public static partial void Flapping(ILogger logger, string name, ServiceId service);

    [LoggerMessage(4004, LogLevel.Information, "{Name} ({Service}) has settled")]
    public static partial void Settled(ILogger logger, string name, ServiceId service);

    [LoggerMessage(4005, LogLevel.Warning, "A check of {Name} ({Service}) at {Url} was not made: {Reason}")]
    public static partial void Refused(ILogger logger, string name, ServiceId service, string url, string reason);

    [LoggerMessage(4006, LogLevel.Debug, "A check of {Name} ({Service}) failed: {Reason}")]
    public static partial void Failed(ILogger logger, string name, ServiceId service, string reason);

    [LoggerMessage(4010, LogLevel.Warning, "Health checks lost sight of the registry; everything checked is compared afresh")]
    public static partial void EventsLost(ILogger logger);

    [LoggerMessage(4011, LogLevel.Error, "A check of {Name} ({Service}) could not be carried out: please report")]
    public static partial void ProbeThrew(ILogger logger, Exception exception, string name, ServiceId service);

    [LoggerMessage(4012, LogLevel.Error, "A check's result could not be passed on: please report")]
    public static partial void ObserverThrew(ILogger logger, Exception exception);

    [LoggerMessage(4013, LogLevel.Warning,
        "Health checks do not keep up: the check of {Name} ({Service}) waits since its last due time, and {Waiting} with it; BEACON_HEALTH_CONCURRENCY is {Concurrency}")]
    public static partial void Behind(ILogger logger, string name, ServiceId service, int waiting, int concurrency);
}
