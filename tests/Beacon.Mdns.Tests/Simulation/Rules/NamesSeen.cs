using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Tests.Simulation.Hosts;

namespace Beacon.Mdns.Tests.Simulation.Rules;

/// <summary>Every name anybody ever asked to have, so that the end of a run can ask each host whether it holds it.</summary>
internal sealed class NamesSeen : IWireRule
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order they were first seen, so that choosing one by chance is the same in every process.</summary>
    public List<string> InOrder { get; } = [];

    /// <summary>For each of them what <see cref="BeaconHost.Interrogate"/> is asked.</summary>
    public List<byte[]> Questions { get; } = [];

    public void OnSent(WirePacket packet)
    {
        foreach (var proposed in packet.Message.Authorities)
        {
            if (proposed.Type is DecodedRecord.A or DecodedRecord.Srv && _names.Add(proposed.Name))
            {
                InOrder.Add(proposed.Name);
                Questions.Add(BeaconHost.QuestionFor(proposed.Name));
            }
        }
    }

    public void OnReceived(Port port, WirePacket packet)
    {
    }
}
