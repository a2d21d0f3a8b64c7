using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>Sends at a fixed rate, whatever becomes of it.</summary>
internal static class Flood
{
    private const int HostsPerAnswer = 6;

    public static JsonObject Run(FloodKind kind, int packetsPerSecond, int seconds)
    {
        using var socket = Group.Member();
        var target = Group.EndPoint.Serialize();
        var clock = Stopwatch.StartNew();
        var total = (long)packetsPerSecond * seconds;
        var fixedPacket = Packet(kind, 0);
        var sent = 0L;
        while (sent < total)
        {
            var due = Math.Min(total, (long)(clock.Elapsed.TotalSeconds * packetsPerSecond));
            if (sent == due)
            {
                Thread.Sleep(0);
                continue;
            }

            for (; sent < due; sent++)
            {
                var packet = kind is FloodKind.SameQuestion or FloodKind.SameAnswer ? fixedPacket : Packet(kind, (int)sent);
                socket.SendTo(packet, SocketFlags.None, target);
            }
        }

        return new JsonObject { ["sent"] = sent, ["seconds"] = clock.Elapsed.TotalSeconds, ["bytes"] = fixedPacket.Length };
    }

    private static byte[] Packet(FloodKind kind, int number) => kind switch
    {
        FloodKind.SameQuestion or FloodKind.NewQuestion =>
            Questions.Ask(string.Create(CultureInfo.InvariantCulture, $"_t{number:D7}._tcp.local"), Questions.Ptr),
        _ => Questions.Chatter("_noise._tcp.local", string.Create(CultureInfo.InvariantCulture, $"neighbour-{number:D7}"), HostsPerAnswer),
    };
}
