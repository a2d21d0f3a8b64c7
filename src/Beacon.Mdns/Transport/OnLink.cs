using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Transport;

/// <summary>
/// Is an address in a subnet of this link? Asked for datagrams sent to our own address: answering others would make us an amplifier
/// for attacks from afar (RFC 6762 §5.5, CVE-2017-6519).
/// </summary>
internal static class OnLink
{
    private const int BitsPerByte = 8;
    private const int LongestAddress = 16;

    public static bool Contains(LinkInfo link, IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv6LinkLocal)
        {
            return link.HasIPv6;
        }

        foreach (var own in link.Addresses)
        {
            if (own.Address.AddressFamily == address.AddressFamily && SamePrefix(own.Address, address, own.PrefixLength))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SamePrefix(IPAddress left, IPAddress right, int bits)
    {
        Span<byte> first = stackalloc byte[LongestAddress];
        Span<byte> second = stackalloc byte[LongestAddress];
        if (!left.TryWriteBytes(first, out _) || !right.TryWriteBytes(second, out _))
        {
            return false;
        }

        var (whole, rest) = Math.DivRem(bits, BitsPerByte);
        return first[..whole].SequenceEqual(second[..whole])
            && (rest == 0 || (first[whole] ^ second[whole]) >> (BitsPerByte - rest) == 0);
    }
}
