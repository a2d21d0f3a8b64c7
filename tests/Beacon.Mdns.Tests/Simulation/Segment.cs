namespace Beacon.Mdns.Tests.Simulation;

/// <summary>One Ethernet or Wi-Fi: who is attached hears who is attached. Bridged to another one, both are one.</summary>
internal sealed class Segment(int id)
{
    /// <summary>Third byte of its addresses.</summary>
    public int Id { get; } = id;

    public List<Port> Ports { get; } = [];

    public LinkConditions Conditions { get; set; } = LinkConditions.Perfect;

    public Segment? BridgedTo { get; set; }
}
