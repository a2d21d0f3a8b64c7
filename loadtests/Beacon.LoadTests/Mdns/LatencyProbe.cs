using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>One legacy question every so often, each waited for: how long an asker waits while the responder is busy with other things.</summary>
internal static class LatencyProbe
{
    public static JsonObject Run(string name, ushort type, int intervalMilliseconds, int seconds)
    {
        using var socket = Group.Legacy();
        socket.ReceiveTimeout = intervalMilliseconds;
        var target = Group.EndPoint.Serialize();
        var packet = Questions.Ask(name, type);
        var buffer = new byte[Group.LargestMessage];
        var latencies = new List<double>();
        var (asked, clock) = (0, Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var begun = Stopwatch.GetTimestamp();
            var id = (ushort)++asked;
            Questions.SetId(packet, id);
            socket.SendTo(packet, SocketFlags.None, target);
            try
            {
                while (socket.Receive(buffer) < 12 || BinaryPrimitives.ReadUInt16BigEndian(buffer) != id)
                {
                    // An answer that came after we had given up on it.
                }

                latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }

            var left = TimeSpan.FromMilliseconds(intervalMilliseconds) - Stopwatch.GetElapsedTime(begun);
            if (left > TimeSpan.Zero)
            {
                Thread.Sleep(left);
            }
        }

        latencies.Sort();
        return new JsonObject
        {
            ["asked"] = asked,
            ["answered"] = latencies.Count,
            ["p50_us"] = AskLoop.Percentile(latencies, 0.5),
            ["p99_us"] = AskLoop.Percentile(latencies, 0.99),
            ["p999_us"] = AskLoop.Percentile(latencies, 0.999),
            ["max_us"] = AskLoop.Percentile(latencies, 1),
        };
    }
}
