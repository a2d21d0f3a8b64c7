namespace Beacon.Mdns.Tests.Simulation;

/// <summary>Anything with an interface.</summary>
internal abstract class SimHost(string name)
{
    public string Name { get; } = name;

    public List<Port> Ports { get; } = [];

    public bool IsAlive { get; protected set; } = true;

    /// <summary>Hears its own multicasts, as sockets with the loop option on do.</summary>
    public virtual bool HearsItself => false;

    public abstract void Receive(Port port, WirePacket packet);

    public Port? PortOf(int index)
    {
        foreach (var port in Ports)
        {
            if (port.Index == index)
            {
                return port;
            }
        }

        return null;
    }

    public bool IsOn(Segment segment)
    {
        foreach (var port in Ports)
        {
            if (port.IsUp && port.Segment == segment)
            {
                return true;
            }
        }

        return false;
    }
}
