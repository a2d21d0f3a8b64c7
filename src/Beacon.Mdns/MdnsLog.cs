using Microsoft.Extensions.Logging;

namespace Beacon.Mdns;

/// <summary>Log catalogue of mDNS, ids 2000 to 2999. Names from the network are given in escaped form.</summary>
internal static partial class MdnsLog
{
    [LoggerMessage(2000, LogLevel.Information, "mDNS runs in domain {Domain} on {Links} interfaces")]
    public static partial void Started(ILogger logger, string domain, int links);

    [LoggerMessage(2001, LogLevel.Information, "mDNS stopped; goodbyes sent for {Names} names")]
    public static partial void Stopped(ILogger logger, int names);

    [LoggerMessage(2002, LogLevel.Information, "Interface {Link} is in use for mDNS")]
    public static partial void LinkUp(ILogger logger, string link);

    [LoggerMessage(2003, LogLevel.Information, "Interface {Link} is gone")]
    public static partial void LinkDown(ILogger logger, string link);

    [LoggerMessage(2004, LogLevel.Warning, "Interface {Link} is not used: there are already {Most}")]
    public static partial void TooManyLinks(ILogger logger, string link, int most);

    [LoggerMessage(2005, LogLevel.Warning, "Goodbyes were not all sent in time; other hosts will forget the rest when its lifetime ends")]
    public static partial void GoodbyesUnfinished(ILogger logger);

    [LoggerMessage(2006, LogLevel.Information, "The machine slept; asking for all names again")]
    public static partial void Resumed(ILogger logger);

    [LoggerMessage(2010, LogLevel.Information, "Another host uses {Name} on {Link}; asking whether it keeps it")]
    public static partial void NameContested(ILogger logger, string name, string link);

    [LoggerMessage(2011, LogLevel.Warning, "Another host on {Link} has the name {Name}; giving it up")]
    public static partial void NameLost(ILogger logger, string name, string link);

    [LoggerMessage(2012, LogLevel.Debug, "Another host asks for {Name} on {Link} at the same time and goes first; asking again in a second")]
    public static partial void TiebreakLost(ILogger logger, string name, string link);

    [LoggerMessage(2013, LogLevel.Error, "{Conflicts} name conflicts within ten seconds; asking for further names only every five seconds")]
    public static partial void ConflictStorm(ILogger logger, int conflicts);

    [LoggerMessage(2014, LogLevel.Warning, "Host name is now {Name}, because another host has the wanted one")]
    public static partial void HostRenamed(ILogger logger, string name);

    [LoggerMessage(2015, LogLevel.Warning, "Service {Wanted} is announced as {Name} ({ServiceType}), because the name was taken")]
    public static partial void ServiceRenamed(ILogger logger, string wanted, string name, string serviceType);

    [LoggerMessage(2016, LogLevel.Error, "No free name was found for {Wanted} within a minute; {Tried} was the last one tried, and trying goes on")]
    public static partial void NoFreeName(ILogger logger, string wanted, string tried);

    [LoggerMessage(2020, LogLevel.Warning, "Registry events were lost; reading all services again")]
    public static partial void EventsLost(ILogger logger);

    [LoggerMessage(2021, LogLevel.Warning, "Received packets were dropped because too many came at once ({Dropped} so far)")]
    public static partial void PacketsDropped(ILogger logger, long dropped);

    [LoggerMessage(2022, LogLevel.Error, "A packet could not be handled and was skipped")]
    public static partial void PacketFailed(ILogger logger, Exception exception);

    [LoggerMessage(2023, LogLevel.Error, "Service {Service} could not be announced as it is registered")]
    public static partial void EventFailed(ILogger logger, string service, Exception exception);

    [LoggerMessage(2024, LogLevel.Error, "mDNS failed for a moment and goes on")]
    public static partial void TurnFailed(ILogger logger, Exception exception);

    [LoggerMessage(2030, LogLevel.Debug, "Looking up {Host} failed")]
    public static partial void LookupFailed(ILogger logger, string host, Exception exception);
}
