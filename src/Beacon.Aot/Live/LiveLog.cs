namespace Beacon.Aot.Live;

/// <summary>Ids 5000 to 5999.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(5000, LogLevel.Warning, "{Lost} events came faster than live clients could be told; all of them were asked to read afresh")]
    public static partial void EventsLost(ILogger logger, long lost);

    [LoggerMessage(5001, LogLevel.Debug, "Live client {ClientId} is too slow and lost messages")]
    public static partial void ClientTooSlow(ILogger logger, string clientId);
}
