using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Beacon.LoadTests.Mdns;

/// <summary>
/// Packets to ask with, made here and not by Beacon's own code: a mistake shared by asker and answerer would not be seen. One question or
/// one record each, nothing compressed.
/// </summary>
internal static class Questions
{
    public const string Type = "_bench._tcp";
    public const ushort A = 1;
    public const ushort Ptr = 12;
    public const ushort Srv = 33;
    private const int HeaderBytes = 12;
    private const ushort Internet = 1;
    private const ushort FlagsResponse = 0x8400;
    private const int FirstPort = 1000;

    public static string Instance(int number) => string.Create(CultureInfo.InvariantCulture, $"Service-{number:D6}");

    public static int Port(int number) => FirstPort + (number % 60000);

    public static byte[] Ask(string name, ushort type)
    {
        var packet = new List<byte>(new byte[HeaderBytes]);
        packet[5] = 1;
        AddName(packet, name);
        Add(packet, type);
        Add(packet, Internet);
        return [.. packet];
    }

    /// <summary>What a neighbour says: a pointer, and an address record for each of <paramref name="hosts"/> host names nobody asked for.</summary>
    public static byte[] Chatter(string type, string instance, int hosts)
    {
        var packet = new List<byte>(new byte[HeaderBytes]);
        packet[2] = FlagsResponse >> 8;
        packet[7] = (byte)(hosts + 1);
        AddName(packet, type);
        Add(packet, Ptr);
        Add(packet, Internet);
        AddTtl(packet, 4500);
        var target = new List<byte>();
        AddName(target, $"{instance}.{type}");
        Add(packet, (ushort)target.Count);
        packet.AddRange(target);
        for (var n = 0; n < hosts; n++)
        {
            AddName(packet, string.Create(CultureInfo.InvariantCulture, $"{instance}-{n}.local"));
            Add(packet, A);
            Add(packet, Internet);
            AddTtl(packet, 120);
            Add(packet, 4);
            packet.AddRange([10, 89, 1, (byte)(100 + n)]);
        }

        return [.. packet];
    }

    public static void SetId(Span<byte> packet, ushort id) => BinaryPrimitives.WriteUInt16BigEndian(packet, id);

    private static void AddName(List<byte> packet, string name)
    {
        foreach (var label in name.Split('.'))
        {
            var bytes = Encoding.UTF8.GetBytes(label);
            packet.Add((byte)bytes.Length);
            packet.AddRange(bytes);
        }

        packet.Add(0);
    }

    private static void Add(List<byte> packet, ushort value)
    {
        packet.Add((byte)(value >> 8));
        packet.Add((byte)value);
    }

    private static void AddTtl(List<byte> packet, int seconds)
    {
        Add(packet, (ushort)(seconds >> 16));
        Add(packet, (ushort)seconds);
    }
}
