using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>
/// Breaks the rules of claiming: takes names without asking, answers every probe with "mine", or wins every tie-break and never
/// claims. For a while; then it is gone without a word.
/// </summary>
internal sealed class NameThief(string name, FakeNetwork network) : SimHost(name)
{
    private const ushort StolenPort = 6666;
    private const uint Ttl = 120;

    private readonly HashSet<string> _stolen = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] _address = [10, 66, 66, 66];

    /// <summary>Answers for a stolen name when asked; a mute thief only announces.</summary>
    public bool Defends { get; set; }

    /// <summary>Says "mine" to every probe of anybody.</summary>
    public bool ObjectsToAll { get; set; }

    /// <summary>Probes for whatever somebody else probes for, with data that wins.</summary>
    public bool OutbidsProbes { get; set; }

    /// <summary>Announces other data under a name; a host name gets an address, an instance another host and port.</summary>
    public void Steal(string victim)
    {
        network.Note($"{Name} steals {victim}");
        _stolen.Add(victim);
        Claim(victim);
    }

    public void GiveUp()
    {
        network.Note($"{Name} is gone");
        _stolen.Clear();
        (Defends, ObjectsToAll, OutbidsProbes) = (false, false, false);
    }

    public override void Receive(Port port, WirePacket packet)
    {
        var message = packet.Message;
        if (message.IsResponse || message.Questions.Count == 0)
        {
            return;
        }

        foreach (var victim in message.Questions.Select(question => question.Name).Distinct().ToList())
        {
            if ((Defends && _stolen.Contains(victim)) || (ObjectsToAll && message.IsProbe))
            {
                Claim(victim);
            }
            else if (OutbidsProbes && message.IsProbe)
            {
                network.Multicast(
                    Ports[0],
                    false,
                    PacketBuilder.Query().Ask(victim, DecodedRecord.Any).Authority(victim, ushort.MaxValue - 1, [byte.MaxValue]).ToArray());
            }
        }
    }

    private void Claim(string victim)
    {
        var response = PacketBuilder.Response();
        if (victim.Contains("._", StringComparison.Ordinal))
        {
            response.Answer(victim, DecodedRecord.Srv, PacketBuilder.Srv("thief.local", StolenPort), Ttl, flush: true);
        }
        else
        {
            response.Answer(victim, DecodedRecord.A, _address, Ttl, flush: true);
        }

        network.Multicast(Ports[0], false, response.ToArray());
    }
}
