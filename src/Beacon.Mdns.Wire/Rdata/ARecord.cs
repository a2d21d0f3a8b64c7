using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Wire.Rdata;

/// <summary>An IPv4 address (RFC 1035 §3.4.1).</summary>
public static class ARecord
{
    /// <exception cref="ArgumentException">Not an IPv4 address.</exception>
    public static byte[] Build(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes()
        : throw new ArgumentException("Not an IPv4 address.", nameof(address));

    public static WireError TryRead(ReadOnlySpan<byte> rdata, out IPAddress? address)
    {
        var isRight = rdata.Length == DnsLimits.IPv4Length;
        address = isRight ? new IPAddress(rdata) : null;
        return isRight ? WireError.None : WireError.BadRdata;
    }
}
