using System.Net;
using System.Net.Sockets;

namespace Beacon.Features.Health.Targets;

/// <summary>What an address stands for, told by itself alone.</summary>
internal static class AddressKinds
{
    private const int Longest = 16;
    private const int IPv4Length = 4;

    /// <summary>
    /// Where cloud providers answer with credentials to whoever asks from inside: AWS over IPv6, Alibaba, Oracle, Azure. Most others use
    /// 169.254.169.254, which is link-local anyhow.
    /// </summary>
    private static readonly IPNetwork[] Metadata =
    [
        IPNetwork.Parse("fd00:ec2::/32"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("192.0.0.192/32"), IPNetwork.Parse("168.63.129.16/32"),
    ];

    /// <summary>IPv6 ranges whose addresses hold an IPv4 address, and where in them it begins.</summary>
    private static readonly (IPNetwork Range, int At)[] Wrappings =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), 12), // IPv4-mapped (RFC 4291 §2.5.5.2)
        (IPNetwork.Parse("::/96"), 12), // IPv4-compatible, deprecated (RFC 4291 §2.5.5.1)
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12), // IPv4-translated (RFC 7915)
        (IPNetwork.Parse("64:ff9b::/96"), 12), // NAT64 (RFC 6052)
        (IPNetwork.Parse("64:ff9b:1::/48"), 12), // NAT64 for local use (RFC 8215), prefix of 96 bits
        (IPNetwork.Parse("2002::/16"), 2), // 6to4 (RFC 3056)
    ];

    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>An IPv4 address written as an IPv6 one is an IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    /// <summary>0.0.0.0/8 and ::, "this host".</summary>
    public static bool IsUnspecified(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return Plain(address).TryWriteBytes(bytes, out var length) && (length == IPv4Length ? bytes[0] == 0 : address.Equals(IPAddress.IPv6Any));
    }

    /// <summary>Why no check may go there whoever asks; null when the address itself is no reason.</summary>
    public static string? Objection(IPAddress address)
    {
        address = Plain(address);
        if (IsUnspecified(address))
        {
            return "it stands for no machine";
        }

        if (IsLoopback(address))
        {
            return "it is the inside of Beacon's own machine";
        }

        foreach (var range in Metadata)
        {
            if (range.Contains(address))
            {
                return "machines in the cloud keep their credentials there";
            }
        }

        return address.AddressFamily == AddressFamily.InterNetwork ? ObjectionToIPv4(address) : ObjectionToIPv6(address);
    }

    /// <summary>The IPv4 address that a connection there would end at, after whatever translates on the way; null for an ordinary one.</summary>
    public static IPAddress? Wrapped(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || !address.TryWriteBytes(bytes, out _))
        {
            return null;
        }

        foreach (var (range, at) in Wrappings)
        {
            if (range.Contains(WithoutScope(bytes)))
            {
                return new IPAddress(bytes.Slice(at, IPv4Length));
            }
        }

        if (Teredo.Contains(WithoutScope(bytes)))
        {
            // The client's address is at the end, each bit turned (RFC 4380 §4).
            Span<byte> client = [(byte)~bytes[12], (byte)~bytes[13], (byte)~bytes[14], (byte)~bytes[15]];
            return new IPAddress(client);
        }

        // ISATAP (RFC 5214 §6.1): the marker before the address, whatever the network.
        var isIsatap = (bytes[8] & 0xFC) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
        return isIsatap ? new IPAddress(bytes[12..]) : null;
    }

    private static IPAddress WithoutScope(ReadOnlySpan<byte> bytes) => new(bytes);

    private static string? ObjectionToIPv4(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPv4Length];
        address.TryWriteBytes(bytes, out _);
        return bytes switch
        {
            [169, 254, ..] => "it is a link-local address",
            [255, 255, 255, 255] => "it is every machine of the network",
            [>= 224 and < 240, ..] => "it is a group of machines",
            [>= 240, ..] => "it is reserved",
            _ => null,
        };
    }

    private static string? ObjectionToIPv6(IPAddress address) =>
        address.IsIPv6LinkLocal ? "it is a link-local address"
        : address.IsIPv6Multicast ? "it is a group of machines"
        : null;
}
