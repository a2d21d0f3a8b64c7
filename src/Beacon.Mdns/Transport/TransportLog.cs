using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Transport;

/// <summary>Log catalogue of the sockets, ids 2100 to 2199.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(2100, LogLevel.Warning, "Sending on {Link} to {Destination} failed: {Error} ({Failures} failed sends so far)")]
    public static partial void SendFailed(ILogger logger, string link, IPEndPoint destination, SocketError error, long failures);

    [LoggerMessage(2101, LogLevel.Warning, "No socket for {Bound} on {Link}: {Error}; trying again")]
    public static partial void OpenFailed(ILogger logger, string link, IPEndPoint bound, SocketError error);

    [LoggerMessage(2102, LogLevel.Information, "Another mDNS responder runs on this host; sharing port 5353 with it")]
    public static partial void PortShared(ILogger logger);

    [LoggerMessage(2103, LogLevel.Information, "No other mDNS responder runs on this host any more")]
    public static partial void PortAlone(ILogger logger);

    [LoggerMessage(2104, LogLevel.Warning, "No network interface is usable for mDNS; waiting for one")]
    public static partial void NoLink(ILogger logger);

    [LoggerMessage(2105, LogLevel.Warning, "The system does not tell about interface changes (error {Error}); looking every {Interval}")]
    public static partial void NoNotices(ILogger logger, int error, TimeSpan interval);

    [LoggerMessage(2106, LogLevel.Error, "The list of network interfaces cannot be read (error {Error}); trying again")]
    public static partial void NoInterfaceList(ILogger logger, int error);
}
