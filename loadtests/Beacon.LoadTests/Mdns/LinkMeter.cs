using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>What the cable carries to the asker's host, by the interface's own counters: both families, headers included.</summary>
internal static class LinkMeter
{
    private const int SamplesPerSecond = 20;
    private const string Interface = "eth0:";

    /// <summary>The last packet of a quiet link says when the announcing ended, so the metering goes on to the end.</summary>
    public static JsonObject Run(int seconds)
    {
        var samples = new List<long>();
        var (lastPacket, clock) = (TimeSpan.Zero, Stopwatch.StartNew());
        var (firstBytes, firstPackets) = Received();
        var packets = firstPackets;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            Thread.Sleep(1000 / SamplesPerSecond);
            var (bytes, count) = Received();
            samples.Add(bytes - firstBytes);
            if (count != packets)
            {
                (packets, lastPacket) = (count, clock.Elapsed);
            }
        }

        var busiest = 0L;
        for (var at = SamplesPerSecond; at < samples.Count; at++)
        {
            busiest = Math.Max(busiest, samples[at] - samples[at - SamplesPerSecond]);
        }

        return new JsonObject
        {
            ["packets"] = (double)(packets - firstPackets),
            ["bytes"] = (double)samples[^1],
            ["busiest_second_bytes"] = (double)busiest,
            ["last_packet_seconds"] = lastPacket.TotalSeconds,
        };
    }

    private static (long Bytes, long Packets) Received()
    {
        // The first columns are bytes and packets received.
        var line = File.ReadLines("/proc/net/dev").Select(line => line.Trim()).First(line => line.StartsWith(Interface, StringComparison.Ordinal));
        var columns = line[Interface.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(columns[0], CultureInfo.InvariantCulture), long.Parse(columns[1], CultureInfo.InvariantCulture));
    }
}
