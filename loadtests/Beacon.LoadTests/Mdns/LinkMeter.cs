using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>Bytes that the link carries for the group, Ethernet, IP and UDP headers included, in slices of a tenth of a second.</summary>
internal static class LinkMeter
{
    private const int SlicesPerSecond = 10;
    private const int Headers = 14 + 20 + 8;

    public static JsonObject Run(int seconds)
    {
        using var socket = Group.Member();
        socket.ReceiveTimeout = 1000 / SlicesPerSecond;
        var slices = new long[(seconds * SlicesPerSecond) + 1];
        var buffer = new byte[Group.LargestMessage];
        var (packets, records, last, clock) = (0L, 0L, TimeSpan.Zero, Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            try
            {
                var length = socket.Receive(buffer);
                last = clock.Elapsed;
                slices[Math.Min(slices.Length - 1, (int)(last.TotalSeconds * SlicesPerSecond))] += length + Headers;
                packets++;
                records += BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(6));
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }
        }

        var busiestSecond = 0L;
        for (var at = 0; at + SlicesPerSecond <= slices.Length; at++)
        {
            busiestSecond = Math.Max(busiestSecond, slices.AsSpan(at, SlicesPerSecond).ToArray().Sum());
        }

        return new JsonObject
        {
            ["packets"] = packets,
            ["records"] = records,
            ["bytes"] = slices.Sum(),
            ["busiest_second_bytes"] = busiestSecond,
            ["busiest_slice_bytes"] = slices.Max(),
            ["last_packet_seconds"] = last.TotalSeconds,
        };
    }
}
