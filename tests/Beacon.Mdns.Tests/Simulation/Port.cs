using System.Net;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>One host's interface on one segment.</summary>
internal sealed class Port
{
    private const int PrefixIPv4 = 24;
    private const int PrefixIPv6 = 64;
    private const int Mtu = 1500;

    public Port(SimHost host, Segment segment, int index, int number, bool hasIPv6)
    {
        Host = host;
        Segment = segment;
        Index = index;
        HasIPv6 = hasIPv6;
        SourceIPv6 = new IPEndPoint(IPAddress.Parse($"fe80::{number:x}"), MdnsLimits.Port);
        Readdress(number);
    }

    public SimHost Host { get; }

    public Segment Segment { get; }

    /// <summary>The kernel's number; another one after the interface was deleted and made again.</summary>
    public int Index { get; set; }

    public bool HasIPv6 { get; }

    public bool IsUp { get; set; } = true;

    /// <summary>Ports on different sides of a partition do not hear each other.</summary>
    public int Side { get; set; }

    public IPEndPoint Source { get; private set; } = null!;

    public IPEndPoint SourceIPv6 { get; }

    public IPAddress Address => Source.Address;

    public LinkInfo Info
    {
        get
        {
            List<LinkAddress> addresses = [new(Address, PrefixIPv4)];
            if (HasIPv6)
            {
                addresses.Add(new(SourceIPv6.Address, PrefixIPv6));
            }

            return new LinkInfo(Index, $"if{Index}", Mtu, true, HasIPv6, addresses);
        }
    }

    /// <summary>As after another lease from DHCP.</summary>
    public void Readdress(int number) =>
        Source = new IPEndPoint(new IPAddress([10, 77, (byte)Segment.Id, (byte)number]), MdnsLimits.Port);
}
