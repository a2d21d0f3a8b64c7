namespace Beacon.Mdns.Tests.Simulation;

/// <summary>Something that must hold for every packet. Throws <see cref="SimulationFailure"/> when it does not.</summary>
internal interface IWireRule
{
    void OnSent(WirePacket packet);

    /// <summary>A packet of somebody reached a port, its sender's own included.</summary>
    void OnReceived(Port port, WirePacket packet);
}
