using System.Buffers.Binary;

namespace Beacon.Native.Tests.Hostile;

/// <summary>A capture file of mDNS datagrams that never were on a wire.</summary>
internal static class Capture
{
    private const int IPv4Header = 20;
    private const int UdpHeader = 8;
    private const ushort Port = 5353;

    /// <summary>libpcap's format, raw IPv4 (link type 228), every datagram from 10.77.1.9 to the group.</summary>
    public static void Write(string path, IEnumerable<byte[]> datagrams)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 228, 0, 0, 0]);
        var second = 0;
        foreach (var datagram in datagrams)
        {
            var length = IPv4Header + UdpHeader + datagram.Length;
            var header = new byte[IPv4Header + UdpHeader];
            header[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
            (header[8], header[9]) = (255, 17);
            ((ReadOnlySpan<byte>)[10, 77, 1, 9, 224, 0, 0, 251]).CopyTo(header.AsSpan(12));
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(IPv4Header), Port);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(IPv4Header + 2), Port);
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(IPv4Header + 4), (ushort)(UdpHeader + datagram.Length));
            file.Write(second++);
            file.Write(0);
            file.Write(length);
            file.Write(length);
            file.Write(header);
            file.Write(datagram);
        }
    }
}
