namespace Beacon.Aot.Live;

/// <summary>Log catalogue of the live connections, 5000–5999.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(5000, LogLevel.Warning, "{Lost} events came faster than live clients could be told; all of them were asked to read afresh")]
    public static partial void EventsLost(ILogger logger, long lost);

    [LoggerMessage(5001, LogLevel.Debug, "Live client {ClientId} is too slow and lost messages; it was asked to read afresh")]
    public static partial void ClientTooSlow(ILogger logger, string clientId);

    [LoggerMessage(5002, LogLevel.Debug, "Live client {ClientId} was cut off: it neither took a message nor finished a frame for {Seconds} s")]
    public static partial void ClientCutOff(ILogger logger, string clientId, double seconds);

    [LoggerMessage(5003, LogLevel.Warning, "There are {MaxClients} live clients; further ones are answered 503 until some leave")]
    public static partial void TooManyClients(ILogger logger, int maxClients);

    [LoggerMessage(5004, LogLevel.Warning, "Live client {ClientId} sent more than {FramesPerSecond} frames per second and was closed")]
    public static partial void TooManyFrames(ILogger logger, string clientId, int framesPerSecond);
}
