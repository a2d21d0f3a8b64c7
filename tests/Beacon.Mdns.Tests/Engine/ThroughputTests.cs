using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Tests.Kit;
using Beacon.Registry.Services;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Engine;

public sealed class ThroughputTests
{
    private static readonly IPEndPoint Client = new(IPAddress.Parse("10.77.1.9"), 40000);

    [Fact]
    public void Answering_and_ignoring_allocate_nothing_with_ten_thousand_services()
    {
        var sink = new CountingSink();
        var engine = Create(sink, 10_000);
        var now = TimeSpan.FromSeconds(60).Ticks;
        var legacy = PacketBuilder.Query().Ask("Sensor 77._http._tcp.local", DecodedRecord.Srv).ToArray();
        var multicast = PacketBuilder.Query().Ask("beacon.local", DecodedRecord.A).ToArray();
        var foreign = PacketBuilder.Query().Ask("_printer._tcp.local", DecodedRecord.Ptr).ToArray();
        var response = PacketBuilder.Response()
            .Answer("_printer._tcp.local", DecodedRecord.Ptr, PacketBuilder.Name("P._printer._tcp.local"))
            .Answer("p.local", DecodedRecord.A, [10, 77, 1, 8]).ToArray();

        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() =>
        {
            now += TimeSpan.FromSeconds(2).Ticks;
            engine.OnDatagram(EngineHarness.Eth0, Client, true, legacy, now);
            engine.OnDatagram(EngineHarness.Eth0, EngineHarness.Peer, true, multicast, now);
            engine.OnDatagram(EngineHarness.Eth0, EngineHarness.Peer, true, foreign, now);
            engine.OnDatagram(EngineHarness.Eth0, EngineHarness.Peer, true, response, now);
        }));
        Assert.True(sink.Sent >= 4000);
    }

    [Fact]
    public void Ten_thousand_pointers_are_sent_in_paced_bursts_and_none_is_lost()
    {
        var sink = new CountingSink();
        var engine = Create(sink, 10_000);
        var now = TimeSpan.FromSeconds(60).Ticks;
        sink.Answers = 0;
        engine.OnDatagram(
            EngineHarness.Eth0, EngineHarness.Peer, true, PacketBuilder.Query().Ask("_http._tcp.local", DecodedRecord.Ptr).ToArray(), now);
        Run(engine, sink, ref now, TimeSpan.FromSeconds(2));

        Assert.Equal(10_001, sink.Answers);
        Assert.InRange(sink.MostAtOnce, 1, 16);
    }

    private static MdnsEngine Create(CountingSink sink, int services)
    {
        var engine = new MdnsEngine(
            new MdnsOptions(), sink, new MemoryNameStore(), _ => { }, new Random(1), new MdnsMetrics(), NullLogger.Instance);
        List<ServiceView> views = [.. Enumerable.Range(1, services).Select(n => Services.Create($"Sensor {n}", id: n).View())];
        engine.Start([EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1")], false, views, 0);
        var now = 0L;
        Run(engine, sink, ref now, TimeSpan.FromSeconds(30));
        sink.MostAtOnce = 0;
        return engine;
    }

    private static void Run(MdnsEngine engine, CountingSink sink, ref long now, TimeSpan time)
    {
        var until = now + time.Ticks;
        while (engine.NextDue <= until)
        {
            now = Math.Max(now, engine.NextDue);
            sink.NextInstant();
            engine.OnTimer(now);
        }

        now = until;
    }

    private sealed class CountingSink : IDatagramSink
    {
        private int _atOnce;

        public int Sent { get; private set; }

        public int Answers { get; set; }

        public int MostAtOnce { get; set; }

        public void NextInstant() => _atOnce = 0;

        public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => Count(datagram);

        public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) => Count(datagram);

        private void Count(ReadOnlySpan<byte> datagram)
        {
            Sent++;
            Answers += (datagram[6] << 8) | datagram[7];
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        }
    }
}
