using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Transport;

/// <summary>Does another responder on this host use port 5353 (RFC 6762 §15.1)?</summary>
internal static class PortSharing
{
    private const string IPv4Table = "/proc/thread-self/net/udp";
    private const string IPv6Table = "/proc/thread-self/net/udp6";

    /// <summary>The local address is the second column, its port four hex digits at the column's end.</summary>
    private const int LocalColumn = 1;

    private static readonly string PortSuffix = ":" + MulticastGroup.Port.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>Before our own sockets are open: one that shares with nobody finds out.</summary>
    public static bool IsTaken() =>
        IsTaken(new IPEndPoint(IPAddress.Any, MulticastGroup.Port)) || IsTaken(new IPEndPoint(IPAddress.IPv6Any, MulticastGroup.Port));

    /// <summary>While our own sockets are open: are there more on the port than ours? Null when the system does not show them.</summary>
    public static bool? HasOthers(int own)
    {
        try
        {
            var count = Count(File.ReadAllText(IPv4Table));
            return count + (File.Exists(IPv6Table) ? Count(File.ReadAllText(IPv6Table)) : 0) > own;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sockets on the port in a table of /proc/net.</summary>
    internal static int Count(ReadOnlySpan<char> table)
    {
        var count = 0;
        foreach (var line in table.EnumerateLines())
        {
            var column = 0;
            var rest = line.TrimStart(' ');
            while (column < LocalColumn && rest.IndexOf(' ') is >= 0 and var end)
            {
                rest = rest[end..].TrimStart(' ');
                column++;
            }

            var local = rest.IndexOf(' ') is >= 0 and var stop ? rest[..stop] : rest;
            if (column == LocalColumn && local.EndsWith(PortSuffix, StringComparison.Ordinal))
            {
                count++;
            }
        }

        return count;
    }

    private static bool IsTaken(IPEndPoint any)
    {
        try
        {
            using var socket = new Socket(any.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (any.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(any);
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
