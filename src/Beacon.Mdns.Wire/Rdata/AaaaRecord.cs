using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Wire.Rdata;

/// <summary>An IPv6 address, without its scope (RFC 3596 §2.2).</summary>
public static class AaaaRecord
{
    /// <exception cref="ArgumentException">Not an IPv6 address.</exception>
    public static byte[] Build(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.GetAddressBytes()
        : throw new ArgumentException("Not an IPv6 address.", nameof(address));

    public static WireError TryRead(ReadOnlySpan<byte> rdata, out IPAddress? address)
    {
        var isRight = rdata.Length == DnsLimits.IPv6Length;
        address = isRight ? new IPAddress(rdata) : null;
        return isRight ? WireError.None : WireError.BadRdata;
    }
}
