using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Beacon.Mdns.Transport;

/// <summary>
/// From the kernel's socket addresses to end points, without making a new one for each datagram: the hosts of a link are few and talk
/// again. End points handed out are never changed afterwards. For one thread.
/// </summary>
internal sealed class SourceCache
{
    /// <summary>struct sockaddr_in6, the longer of the two.</summary>
    public const int AddressLength = 28;

    /// <summary>Power of two; two hosts in one slot take turns and cost an allocation each time.</summary>
    private const int Slots = 256;

    private const ushort IPv4Family = 2;
    private const ushort IPv6Family = 10;
    private const int PortAt = 2;
    private const int IPv4At = 4;
    private const int IPv4Length = 16;
    private const int IPv6At = 8;
    private const int ScopeAt = 24;

    private readonly byte[] _keys = new byte[Slots * AddressLength];
    private readonly PeerEndPoint?[] _values = new PeerEndPoint?[Slots];

    /// <summary>Null for anything but IPv4 and IPv6.</summary>
    /// <param name="address">As recvfrom(2) wrote it.</param>
    public PeerEndPoint? Find(ReadOnlySpan<byte> address)
    {
        var slot = Slot(address);
        var key = _keys.AsSpan(slot * AddressLength, AddressLength);
        if (_values[slot] is { } known && key.StartsWith(address))
        {
            return known;
        }

        var made = Make(address);
        if (made is not null)
        {
            key.Clear();
            address.CopyTo(key);
            _values[slot] = made;
        }

        return made;
    }

    private static int Slot(ReadOnlySpan<byte> address)
    {
        var hash = new HashCode();
        hash.AddBytes(address);
        return hash.ToHashCode() & (Slots - 1);
    }

    private static PeerEndPoint? Make(ReadOnlySpan<byte> address)
    {
        if (address.Length < IPv4Length)
        {
            return null;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(address[PortAt..]);
        switch (MemoryMarshal.Read<ushort>(address))
        {
            case IPv4Family:
                return new PeerEndPoint(new IPAddress(address[IPv4At..IPv6At]), port);
            case IPv6Family when address.Length == AddressLength:
                var scope = MemoryMarshal.Read<uint>(address[ScopeAt..]);
                return new PeerEndPoint(new IPAddress(address[IPv6At..ScopeAt], scope), port);
            default:
                return null;
        }
    }
}
