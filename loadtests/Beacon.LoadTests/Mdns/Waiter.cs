using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>Asks until there is an answer with a record in it.</summary>
internal static class Waiter
{
    private const int AskEveryMilliseconds = 200;

    public static JsonObject Run(string name, ushort type, int seconds)
    {
        using var socket = Group.Legacy();
        socket.ReceiveTimeout = AskEveryMilliseconds;
        var packet = Questions.Ask(name, type);
        var buffer = new byte[Group.LargestMessage];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < seconds;)
        {
            socket.SendTo(packet, Group.EndPoint);
            try
            {
                if (socket.Receive(buffer) > 12 && buffer[7] > 0)
                {
                    return new JsonObject { ["seconds"] = clock.Elapsed.TotalSeconds };
                }
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }
        }

        throw new TimeoutException($"nobody answered for {name} within {seconds} s");
    }
}
