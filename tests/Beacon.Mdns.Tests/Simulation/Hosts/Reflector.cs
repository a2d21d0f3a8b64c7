namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>
/// Says everything it hears on one segment again on the other one, from its own address, as routers with an mDNS repeater do. What is
/// sent to it alone stays with it.
/// </summary>
internal sealed class Reflector(string name, FakeNetwork network) : SimHost(name)
{
    private const long ForwardingDelay = SimTime.Millisecond;

    public override void Receive(Port port, WirePacket packet)
    {
        if (packet.Destination is not null || packet.IPv6 || packet.Source.Port != MdnsLimits.Port)
        {
            return;
        }

        foreach (var other in Ports)
        {
            if (other != port)
            {
                network.At(network.Now + ForwardingDelay, () => network.Multicast(other, false, packet.Bytes));
            }
        }
    }
}
