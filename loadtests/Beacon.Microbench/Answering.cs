using System.Net;
using Beacon.LoadTests.Mdns;
using Beacon.Mdns;
using Beacon.Mdns.Links;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Transport;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Microbench;

/// <summary>One received packet through the whole engine, sockets apart: read, looked up, answered and written.</summary>
internal static class Answering
{
    private const int Link = 2;
    private const int Services = 200;
    private static readonly IPEndPoint Resolver = new(IPAddress.Parse("10.89.1.2"), 40000);
    private static readonly IPEndPoint Neighbour = new(IPAddress.Parse("10.89.1.2"), 5353);

    public static IEnumerable<(string What, Action Operation)> Operations()
    {
        var type = $"{Questions.Type}.local";
        yield return Answer("answer: address, legacy", Questions.Ask("beacon.local", Questions.A), Resolver);
        yield return Answer("answer: instance's SRV with its host's address, legacy", Questions.Ask($"{Questions.Instance(7)}.{type}", Questions.Srv), Resolver);
        yield return Answer("answer: one instance of a type, legacy", Questions.Ask("_beacon._tcp.local", Questions.Ptr), Resolver);
        yield return Answer($"answer: {Services} instances of a type, legacy", Questions.Ask(type, Questions.Ptr), Resolver);
        yield return Answer("answer: address, to all", Questions.Ask("beacon.local", Questions.A), Neighbour);
        yield return Answer("ignore: question for a type nobody has", Questions.Ask("_other._tcp.local", Questions.Ptr), Neighbour);
        yield return Answer("ignore: a neighbour's 7 records", Questions.Chatter("_other._tcp.local", "neighbour", 6), Neighbour);
    }

    private static (string, Action) Answer(string what, byte[] packet, IPEndPoint source)
    {
        var sink = new CountingSink();
        var registry = new ServiceRegistry(TimeProvider.System, new RegistryLimits(), new EventHub());
        for (var n = 0; n < Services; n++)
        {
            registry.Register(new Registration { Name = Questions.Instance(n), Host = "10.89.1.50", Port = Questions.Port(n), MdnsServiceType = Questions.Type });
        }

        var engine = new MdnsEngine(
            new MdnsOptions(), sink, new NoNames(), static _ => { }, new Random(1), new MdnsMetrics(), NullLogger.Instance);
        var address = new LinkAddress(IPAddress.Parse("10.89.1.1"), 24);
        engine.Start([new LinkInfo(Link, "eth0", Mtu: 1500, HasIPv4: true, HasIPv6: false, [address])], false, registry.Snapshot(), 0);
        var now = 0L;
        while (engine.NextDue != MdnsTimings.Idle)
        {
            now = Math.Max(now, engine.NextDue);
            engine.OnTimer(now);
        }

        return (what, Run);

        void Run()
        {
            // More than the second between two copies of a record, and time for what was put off.
            now += 2 * TimeSpan.TicksPerSecond;
            engine.OnDatagram(Link, source, true, packet, now);
            if (engine.NextDue != MdnsTimings.Idle)
            {
                engine.OnTimer(engine.NextDue);
            }
        }
    }

    private sealed class CountingSink : IDatagramSink
    {
        private long _bytes;

        public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => _bytes += datagram.Length;

        public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) => _bytes += datagram.Length;
    }

    private sealed class NoNames : IMdnsNameStore
    {
        public string? Read(string key) => null;

        public void Write(string key, string value)
        {
        }

        public void Forget(string key)
        {
        }
    }
}
