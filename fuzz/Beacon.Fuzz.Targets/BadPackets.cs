using System.Text;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// Packets with the mistakes RFC 9267 collects from real stacks: names without end, pointers to themselves, forward and into the header,
/// lengths and counts that promise more than there is, data shorter than its type.
/// </summary>
internal static class BadPackets
{
    private const string Header = "000084000000000100000000";
    private const string Host = "036e6173056c6f63616c00";
    private const string Tail = "0001800100000078";

    public static IEnumerable<byte[]> All() => Texts().Select(Convert.FromHexString).Append(Chain()).Append(LongNames());

    private static IEnumerable<string> Texts() =>
    [
        "00",
        "00000000ffffffffffffffff",
        "00008400ffffffffffffffff",
        Header + "c00c" + Tail + "00040a4d0101", // to itself
        Header + "c00ec00c" + Tail + "00040a4d0101", // two in a circle
        Header + "0161c00c" + Tail + "00040a4d0101", // a circle through a label
        Header + "c0ff" + Tail + "00040a4d0101", // forward
        Header + "c000" + Tail + "00040a4d0101", // into the header
        Header + "3f6e6173", // a label past the end
        Header + "036e6173", // no end
        Header + "416e61730000" + Tail, // a reserved label kind
        Header + "816e61730000" + Tail,
        Header + Host + Tail + "04000a4d0101", // data past the end
        Header + Host + Tail + "0000", // an address of no bytes
        Header + Host + Tail + "00030a4d01",
        Header + Host + "00218001000000780006000000000050", // SRV without target
        Header + Host + "0021800100000078000800000000 0050c0ff".Replace(" ", "", StringComparison.Ordinal),
        Header + Host + "001080010000007800020261", // a TXT string past its record
        Header + Host + "002f80010000007800040cc00000".Replace("0cc0", "c00c", StringComparison.Ordinal), // a bitmap of no bytes
        Header + Host + "002f8001000000780004c00cff20",
        Header + Host + "000c0001000011940002c00c", // a pointer to itself by name
        Header + Host + "0005000100000078" + "0002c00c", // CNAME to itself
        "000000000001000000010000" + Host + "00ff0001c00c" + Tail + "00040a4d0101", // a probe
        "000002000001000000000000" + Host + "00010001", // truncated without an end
    ];

    /// <summary>Pointers each to the one before, as many as a datagram holds.</summary>
    private static byte[] Chain()
    {
        var bytes = new List<byte>(Convert.FromHexString("000084000000000200000000" + "00ff01000100000000"));
        const int Pointers = 700;
        bytes.AddRange([Pointers * 2 >> 8, Pointers * 2 & 0xFF, 0]);
        var before = bytes.Count - 1;
        for (var count = 0; count < Pointers; count++)
        {
            var at = bytes.Count;
            bytes.AddRange([(byte)(0xC0 | (before >> 8)), (byte)before]);
            before = at;
        }

        return [.. bytes];
    }

    /// <summary>A hundred records that each point to one name of the greatest length.</summary>
    private static byte[] LongNames()
    {
        var text = new StringBuilder("000084000000006400000000");
        for (var label = 0; label < 127; label++)
        {
            text.Append("0161");
        }

        text.Append("00").Append(Tail).Append("00040a4d0101");
        for (var record = 1; record < 100; record++)
        {
            text.Append("c00c").Append(Tail).Append("00040a4d0101");
        }

        return Convert.FromHexString(text.ToString());
    }
}
