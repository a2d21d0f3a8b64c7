using System.Net;

namespace Beacon.Fuzz.Targets;

/// <summary>Where a script's datagrams come from: neighbours, resolvers, and addresses nobody may send from.</summary>
internal static class ScriptSources
{
    private const int Mdns = 5353;
    private const int Resolver = 40_000;

    private static readonly IPEndPoint[] Known =
    [
        new(IPAddress.Parse("10.77.1.9"), Mdns),
        new(IPAddress.Parse("10.77.1.10"), Mdns),
        new(IPAddress.Parse("10.77.1.9"), Resolver),
        new(IPAddress.Parse("10.77.1.1"), Mdns),
        new(IPAddress.Parse("10.77.2.9"), Mdns),
        new(IPAddress.Parse("fe80::9%2"), Mdns),
        new(IPAddress.Parse("fe80::9%2"), Resolver),
        new(IPAddress.Parse("10.99.9.4"), Mdns),
        new(IPAddress.Parse("10.99.9.4"), Resolver),
        new(IPAddress.Any, Mdns),
        new(IPAddress.Broadcast, Mdns),
        new(IPAddress.Parse("224.0.0.251"), Mdns),
        new(IPAddress.Loopback, Mdns),
        new(IPAddress.Parse("10.77.1.9"), 0),
        new(IPAddress.IPv6Any, Mdns),
        new(IPAddress.Parse("10.77.1.11"), ushort.MaxValue),
    ];

    public static IPEndPoint Neighbour => Known[0];

    public static IPEndPoint LegacyResolver => Known[2];

    public static IPEndPoint At(int number) => Known[number % Known.Length];
}
