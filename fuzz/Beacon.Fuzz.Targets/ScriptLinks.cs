using System.Net;
using Beacon.Mdns.Transport;

namespace Beacon.Fuzz.Targets;

/// <summary>Two interfaces and what may happen to them.</summary>
internal static class ScriptLinks
{
    public const int Eth0 = 2;
    public const int Eth1 = 3;
    private const int Mtu = 1500;

    private static readonly LinkInfo First = Link(Eth0, "eth0", "10.77.1.1", "fe80::1");
    private static readonly LinkInfo Second = Link(Eth1, "eth1", "10.77.2.1", null);

    private static readonly LinkInfo[][] States =
    [
        [First, Second],
        [First],
        [Second],
        [],
        [Link(Eth0, "eth0", "10.77.1.2", "fe80::1"), Second],
        [Link(Eth0, "eth0", null, "fe80::1"), Second],
        [First, Link(Eth1 + 1, "eth1", "10.77.2.2", null)],
        [Second, First],
    ];

    public static IReadOnlyList<LinkInfo> Usual => States[0];

    public static IReadOnlyList<LinkInfo> State(int number) => States[number % States.Length];

    /// <summary>Is this the address of the host on one link, said on another (RFC 6762 §14)?</summary>
    public static bool IsOfOtherLink(int link, ReadOnlySpan<byte> ipv4)
    {
        var other = link == Eth0 ? 2 : 1;
        return ipv4[0] == 10 && ipv4[1] == 77 && ipv4[2] == other && ipv4[3] is (1 or 2);
    }

    private static LinkInfo Link(int index, string name, string? ipv4, string? ipv6)
    {
        List<LinkAddress> addresses = [];
        if (ipv4 is not null)
        {
            addresses.Add(new(IPAddress.Parse(ipv4), 24));
        }

        if (ipv6 is not null)
        {
            addresses.Add(new(IPAddress.Parse(ipv6), 64));
        }

        return new LinkInfo(index, name, Mtu, ipv4 is not null, ipv6 is not null, addresses);
    }
}
