using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>
/// Legacy unicast queries with a fixed number under way: the next goes out when an answer comes in. Names with a <c>#</c> stand for many:
/// it is replaced by a service's number, drawn at random.
/// </summary>
internal static class AskLoop
{
    private const int Seed = 20_240_917;
    private const int Prepared = 4096;
    private const int WarmUpSeconds = 1;
    private static readonly TimeSpan GiveUp = TimeSpan.FromMilliseconds(250);

    public static JsonObject Run(string name, ushort type, int names, int window, int seconds)
    {
        var random = new Random(Seed);
        var packets = name.Contains('#', StringComparison.Ordinal)
            ? Enumerable.Range(0, Prepared).Select(_ => Questions.Ask(name.Replace("#", Questions.Instance(random.Next(names)), StringComparison.Ordinal), type)).ToArray()
            : [Questions.Ask(name, type)];
        using var socket = Group.Legacy();
        socket.ReceiveTimeout = (int)GiveUp.TotalMilliseconds;
        var target = Group.EndPoint.Serialize();
        var sentAt = new long[ushort.MaxValue + 1];
        var latencies = new List<double>();
        var buffer = new byte[Group.LargestMessage];
        var (next, underWay, answers, lost, truncated, records, bytes) = (0, 0, 0L, 0L, 0L, 0L, 0L);
        var clock = Stopwatch.StartNew();
        var begin = TimeSpan.FromSeconds(WarmUpSeconds);
        var end = begin + TimeSpan.FromSeconds(seconds);
        while (clock.Elapsed < end)
        {
            for (; underWay < window; underWay++, next++)
            {
                var packet = packets[next % packets.Length];
                Questions.SetId(packet, (ushort)next);
                sentAt[(ushort)next] = Stopwatch.GetTimestamp();
                socket.SendTo(packet, SocketFlags.None, target);
            }

            int length;
            try
            {
                length = socket.Receive(buffer);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                lost += underWay;
                underWay = 0;
                continue;
            }

            if (length < 12)
            {
                continue;
            }

            underWay = Math.Max(0, underWay - 1);
            if (clock.Elapsed < begin)
            {
                continue;
            }

            answers++;
            bytes += length;
            truncated += (buffer[2] >> 1) & 1;
            records += BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(6));
            latencies.Add(Stopwatch.GetElapsedTime(sentAt[BinaryPrimitives.ReadUInt16BigEndian(buffer)]).TotalMicroseconds);
        }

        latencies.Sort();
        return new JsonObject
        {
            ["asked"] = next,
            ["answers"] = answers,
            ["answers_per_second"] = answers / (double)seconds,
            ["lost"] = lost,
            ["truncated"] = truncated,
            ["records_per_answer"] = answers == 0 ? 0 : records / (double)answers,
            ["bytes_per_answer"] = answers == 0 ? 0 : bytes / (double)answers,
            ["p50_us"] = Percentile(latencies, 0.5),
            ["p99_us"] = Percentile(latencies, 0.99),
        };
    }

    public static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)((sorted.Count - 1) * share)];
}
