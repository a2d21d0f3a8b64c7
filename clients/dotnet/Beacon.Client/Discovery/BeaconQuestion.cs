using System.Buffers.Binary;
using System.Text;

namespace Beacon.Client.Discovery;

/// <summary>Who is <c>_beacon._tcp.local</c>? The number comes back in the answer to a legacy query (RFC 6762 §6.7).</summary>
internal sealed class BeaconQuestion(ushort number)
{
    public const string Name = "_beacon._tcp.local";
    private const int HeaderBytes = 12;

    public ushort Number => number;

    public byte[] Datagram { get; } = Write(number);

    private static byte[] Write(ushort number)
    {
        var datagram = new List<byte>(new byte[HeaderBytes]);
        foreach (var label in Name.Split('.'))
        {
            datagram.Add((byte)label.Length);
            datagram.AddRange(Encoding.ASCII.GetBytes(label));
        }

        datagram.AddRange([0, 0, (byte)DnsType.Pointer, 0, 1]);
        var bytes = datagram.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        bytes[5] = 1;
        return bytes;
    }
}
