using System.Net;
using System.Net.Sockets;
using System.Text;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>
/// <c>beacon healthcheck</c>: one request over a bare socket, so that a container's check costs milliseconds and no HTTP client is set up.
/// </summary>
internal static class HealthProbe
{
    private const int TimeoutMilliseconds = 3000;
    private const string Ok = "HTTP/1.1 200";

    public static ExitCode Run(BeaconOptions options)
    {
        var address = options.Host ?? IPAddress.Loopback;
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                SendTimeout = TimeoutMilliseconds,
                ReceiveTimeout = TimeoutMilliseconds,
            };
            socket.Connect(address, options.Port);
            socket.Send(Encoding.ASCII.GetBytes($"GET {options.ApiPrefix}/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));

            Span<byte> answer = stackalloc byte[Ok.Length];
            var length = 0;
            while (length < answer.Length && socket.Receive(answer[length..]) is > 0 and var received)
            {
                length += received;

                // In all, not for each piece: a server that drips must not hold the check up. At least one, because 0 means for ever.
                var left = TimeoutMilliseconds - TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
                socket.ReceiveTimeout = Math.Max(1, (int)left);
            }

            var status = Encoding.ASCII.GetString(answer[..length]);
            if (status == Ok)
            {
                return ExitCode.Ok;
            }

            System.Console.Error.WriteLine($"beacon: not healthy ({status})");
        }
        catch (SocketException exception)
        {
            System.Console.Error.WriteLine($"beacon: no answer from {address} port {options.Port}: {exception.Message}");
        }

        return ExitCode.Failed;
    }
}
