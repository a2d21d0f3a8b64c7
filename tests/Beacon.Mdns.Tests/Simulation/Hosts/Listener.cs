using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>A phone: remembers what it hears and, when told to, asks for what it wants to know like a browser does.</summary>
internal sealed class Listener(string name, FakeNetwork network, IReadOnlyList<string> types) : SimHost(name)
{
    /// <summary>Questions that share a packet.</summary>
    private const int QuestionsPerPacket = 12;

    /// <summary>Priority, weight and port (RFC 2782).</summary>
    private const int SrvFixedPart = 6;

    public ListenerCache Cache { get; } = new();

    public override void Receive(Port port, WirePacket packet)
    {
        if (packet.Message.IsResponse && packet.Source.Port == MdnsLimits.Port)
        {
            Cache.Take(packet.Message, network.Now);
        }
    }

    /// <summary>Instances of all types it knows of, with what it knows listed (RFC 6762 §7.1).</summary>
    public void Browse(bool wantsUnicast)
    {
        foreach (var type in types)
        {
            var query = PacketBuilder.Query().Ask(type, DecodedRecord.Ptr, wantsUnicast);
            foreach (var known in Cache.Under(type, network.Now))
            {
                var left = (known.ExpiresAt - network.Now) / SimTime.Second;
                if (left > known.Record.Ttl / 2)
                {
                    query.Answer(known.Record.Name, known.Record.Type, known.Record.Rdata, (uint)left);
                }
            }

            network.Multicast(Ports[0], ipv6: false, query.ToArray());
        }
    }

    /// <summary>Everything the instances it has heard of lead to: SRV, TXT, and the addresses of their hosts.</summary>
    public void Resolve(bool wantsUnicast)
    {
        var instances = types.SelectMany(type => Cache.Under(type, network.Now)).Select(known => known.Record.Value).ToList();
        var hosts = instances
            .SelectMany(instance => Cache.Under(instance, network.Now))
            .Where(known => known.Record.Type == DecodedRecord.Srv)
            .Select(known => DecodedMessage.NameText(known.Record.Rdata.AsSpan(SrvFixedPart)))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        var questions = instances.SelectMany(instance => new[] { (instance, DecodedRecord.Srv), (instance, DecodedRecord.Txt) })
            .Concat(hosts.SelectMany(host => new[] { (host, DecodedRecord.A), (host, DecodedRecord.Aaaa) }));
        foreach (var part in questions.Chunk(QuestionsPerPacket))
        {
            var query = PacketBuilder.Query();
            foreach (var (name, type) in part)
            {
                query.Ask(name, type, wantsUnicast);
            }

            network.Multicast(Ports[0], ipv6: false, query.ToArray());
        }
    }
}
