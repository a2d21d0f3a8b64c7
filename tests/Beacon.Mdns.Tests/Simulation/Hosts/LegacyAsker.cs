using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>A resolver without an mDNS socket: one question from a port of its own, the answer comes back there (RFC 6762 §6.7).</summary>
internal sealed class LegacyAsker(string name, FakeNetwork network) : SimHost(name)
{
    private const ushort SourcePort = 50_000;
    private const uint LongestTtl = 10;

    private ushort _id;
    private string _asked = "";

    public int Answers { get; private set; }

    public void Ask(string question, ushort type)
    {
        _asked = question;
        network.MulticastFrom(Ports[0], SourcePort, PacketBuilder.Query().Id(++_id).Ask(question, type).ToArray());
    }

    public override void Receive(Port port, WirePacket packet)
    {
        if (packet.Destination?.Port != SourcePort)
        {
            return;
        }

        var message = packet.Message;
        if (message.Id > _id || message.Questions.Count != 1 || message.Answers.Exists(answer => answer.Ttl > LongestTtl || answer.Flush))
        {
            throw new SimulationFailure($"{Name} asked for {_asked} and got from {packet.From.Host.Name} what is no legacy answer");
        }

        Answers++;
    }
}
