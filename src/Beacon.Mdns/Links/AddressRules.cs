using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Links;

/// <summary>What kind of address one is, as far as announcing it matters.</summary>
internal static class AddressRules
{
    private const int MostBytes = 16;

    /// <summary>An IPv4 address that came in through an IPv6 socket is an IPv4 address.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Loopback, "any", multicast, broadcast: no other host could reach it.</summary>
    public static bool IsUseless(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6Multicast
            || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast))
        {
            return true;
        }

        // 0.0.0.0/8 is "this host", 224/4 multicast, 240/4 reserved.
        Span<byte> bytes = stackalloc byte[MostBytes];
        return address.AddressFamily == AddressFamily.InterNetwork
            && address.TryWriteBytes(bytes, out _)
            && (bytes[0] == 0 || bytes[0] >= 224);
    }

    /// <summary>169.254/16 or fe80::/10: means something on one link only.</summary>
    public static bool IsLinkLocal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal;
        }

        Span<byte> bytes = stackalloc byte[MostBytes];
        return address.TryWriteBytes(bytes, out _) && bytes[0] == 169 && bytes[1] == 254;
    }

    /// <summary>RFC 1918 or RFC 4193: an address of a home or office network.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        if (!address.TryWriteBytes(bytes, out _))
        {
            return false;
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? (bytes[0] & 0xFE) == 0xFC
            : bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xF0) == 16) || (bytes[0] == 192 && bytes[1] == 168);
    }

    /// <summary>
    /// 172.16/12, where container engines put their bridges. From inside one the address is private and looks like any other, but
    /// nobody outside this machine reaches it.
    /// </summary>
    public static bool IsLikelyContainer(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        return address.AddressFamily == AddressFamily.InterNetwork
            && address.TryWriteBytes(bytes, out _)
            && bytes[0] == 172 && (bytes[1] & 0xF0) == 16;
    }

    public static bool IsOnLink(LinkInfo link, IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv6LinkLocal)
        {
            return address.ScopeId == 0 || address.ScopeId == link.Index;
        }

        // Not foreach: an enumerator of an interface would be allocated for every query.
        for (var at = 0; at < link.Addresses.Count; at++)
        {
            var own = link.Addresses[at];
            if (InSamePrefix(own.Address, address, own.PrefixLength))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Can it be the address of one host? An answer to a group, to nobody or to a subnet's broadcast address would reach everybody, and only
    /// a forged datagram asks for that.
    /// </summary>
    public static bool IsOneHost(LinkInfo link, IPAddress address)
    {
        if (IsUseless(address))
        {
            return false;
        }

        for (var at = 0; at < link.Addresses.Count; at++)
        {
            var own = link.Addresses[at];
            if (address.AddressFamily == AddressFamily.InterNetwork && InSamePrefix(own.Address, address, own.PrefixLength)
                && IsBroadcast(address, own.PrefixLength))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Same address, whatever scope an IPv6 address carries.</summary>
    public static bool Same(IPAddress left, IPAddress right) =>
        left.AddressFamily == right.AddressFamily && InSamePrefix(left, right, MostBytes * 8);

    /// <summary>All host bits set; prefixes of 31 and 32 bits have no such address (RFC 3021).</summary>
    private static bool IsBroadcast(IPAddress address, int prefixLength)
    {
        const int LongestPrefix = 30;
        Span<byte> bytes = stackalloc byte[MostBytes];
        return prefixLength <= LongestPrefix && address.TryWriteBytes(bytes, out _)
            && (BinaryPrimitives.ReadUInt32BigEndian(bytes) | (uint.MaxValue << (32 - prefixLength))) == uint.MaxValue && prefixLength > 0;
    }

    private static bool InSamePrefix(IPAddress left, IPAddress right, int bits)
    {
        if (left.AddressFamily != right.AddressFamily)
        {
            return false;
        }

        Span<byte> first = stackalloc byte[MostBytes];
        Span<byte> second = stackalloc byte[MostBytes];
        if (!left.TryWriteBytes(first, out var length) || !right.TryWriteBytes(second, out _))
        {
            return false;
        }

        bits = Math.Min(bits, length * 8);
        var whole = bits / 8;
        var rest = bits % 8;
        return first[..whole].SequenceEqual(second[..whole])
            && (rest == 0 || (first[whole] ^ second[whole]) >> (8 - rest) == 0);
    }
}
