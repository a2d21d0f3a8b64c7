using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Beacon.Aot.Supervision;

/// <summary>
/// Tells the program that started this one how it is, by the protocol of systemd (sd_notify(3)): one datagram for each piece of news.
/// </summary>
/// <remarks>Any thread. What cannot be sent is dropped: nobody listening is no reason to stop serving.</remarks>
internal sealed class ServiceManager : IDisposable
{
    public const string SocketVariable = "NOTIFY_SOCKET";
    public const string IntervalVariable = "WATCHDOG_USEC";
    public const string ProcessVariable = "WATCHDOG_PID";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _address;

    private ServiceManager(UnixDomainSocketEndPoint address, TimeSpan? watchdogInterval) => (_address, WatchdogInterval) = (address, watchdogInterval);

    /// <summary>Without a sign of life for this long the program is killed and started again; null: nobody watches.</summary>
    public TimeSpan? WatchdogInterval { get; }

    /// <summary>Null when no manager asked to be told.</summary>
    public static ServiceManager? Of(IReadOnlyDictionary<string, string> environment)
    {
        var path = environment.GetValueOrDefault(SocketVariable);
        if (string.IsNullOrEmpty(path) || path[0] is not ('/' or '@') || !Socket.OSSupportsUnixDomainSockets)
        {
            return null;
        }

        try
        {
            // An "@" stands for the zero byte that begins the name of an abstract socket (unix(7)).
            return new ServiceManager(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path), Interval(environment));
        }
        catch (ArgumentException)
        {
            // Longer than an address may be: not from a manager that works.
            return null;
        }
    }

    /// <param name="status">One line for people; shown by <c>systemctl status</c>.</param>
    public void TellReady(string status) => Tell($"READY=1\nSTATUS={status}");

    public void TellStopping() => Tell("STOPPING=1\nSTATUS=Sending goodbyes and storing what is left");

    /// <summary>Resets the watchdog.</summary>
    public void TellAlive() => Tell("WATCHDOG=1");

    public void Dispose() => _socket.Dispose();

    /// <summary>The variables are handed on to children; the interval is meant for one process only (sd_watchdog_enabled(3)).</summary>
    private static TimeSpan? Interval(IReadOnlyDictionary<string, string> environment)
    {
        var process = environment.GetValueOrDefault(ProcessVariable);
        return (string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            && long.TryParse(environment.GetValueOrDefault(IntervalVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0 && microseconds < long.MaxValue / TimeSpan.TicksPerMicrosecond
                ? TimeSpan.FromMicroseconds(microseconds)
                : null;
    }

    private void Tell(string news)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(news), _address);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // See the remarks above.
        }
    }
}
