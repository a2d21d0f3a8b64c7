using System.Text;
using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// The codec on one datagram of any bytes: read alone and between guards with one result, names to text and back, everything read
/// written again and read the same, and the readers of values on bytes nobody checked.
/// </summary>
internal sealed class ReaderTarget
{
    /// <summary>Longer inputs say nothing new: offsets beyond the reach of pointers are covered.</summary>
    public const int LongestInput = 20_000;

    private const int GuardLength = 300;

    private static readonly byte[] Guards = [0x00, 0x3F, 0xC0, 0xFF];

    private readonly MessageWalk _walk = new();
    private readonly MessageCopy _copy = new();
    private readonly byte[] _guarded = new byte[LongestInput + (2 * GuardLength)];

    public void Run(ReadOnlySpan<byte> input)
    {
        input = input[..Math.Min(input.Length, LongestInput)];
        var alone = _walk.Read(input);
        foreach (var guard in Guards)
        {
            _guarded.AsSpan(0, input.Length + (2 * GuardLength)).Fill(guard);
            input.CopyTo(_guarded.AsSpan(GuardLength));
            Invariant.Holds(_walk.Read(_guarded.AsSpan(GuardLength, input.Length)) == alone, "Bytes around the datagram change what is read.");
        }

        _copy.Check(input);
        ReadUnchecked(input);
        ParseText(input);
    }

    /// <summary>What takes bytes from callers must say no to bad ones, and end.</summary>
    private static void ReadUnchecked(ReadOnlySpan<byte> bytes)
    {
        var length = WireName.Length(bytes);
        Invariant.Holds(length <= Math.Min(bytes.Length, DnsLimits.NameLength), "A name is longer than its bytes.");
        Invariant.Holds(length == 0 || WireName.IsValid(bytes[..length]), "A name with a length is none.");
        var labels = 0;
        foreach (var label in WireName.Labels(bytes))
        {
            labels += label.Length > 0 ? 1 : 0;
        }

        Invariant.Holds(labels <= DnsLimits.Labels, "A name has more labels than fit.");
        _ = WireName.Hash(bytes);
        _ = WireName.EndsWith(bytes, bytes[..(bytes.Length / 2)]);
        _ = SrvRecord.TryRead(bytes, out _);
        _ = PtrRecord.TryRead(bytes, out _);
        _ = ARecord.TryRead(bytes, out _);
        _ = AaaaRecord.TryRead(bytes, out _);
        if (NsecRecord.TryRead(bytes, out var nsec) == WireError.None)
        {
            _ = nsec.Has(RecordType.Any) && nsec.Has((RecordType)ushort.MaxValue);
        }

        if (TxtRecord.TryRead(bytes, out var txt) == WireError.None)
        {
            var total = 0;
            foreach (var text in txt)
            {
                total += text.Length + 1;
            }

            Invariant.Holds(total == bytes.Length, "A TXT record is not the sum of its strings.");
        }
    }

    /// <summary>Text that is a name, whoever wrote it, stays that name.</summary>
    private static void ParseText(ReadOnlySpan<byte> input)
    {
        if (!WireName.TryParse(Encoding.UTF8.GetString(input), out var name))
        {
            return;
        }

        Invariant.Holds(WireName.IsValid(name), "Text became bytes that are no name.");
        Invariant.Holds(
            WireName.TryParse(WireName.ToText(name), out var again) && again.AsSpan().SequenceEqual(name), "A name changed on its way through text.");
    }
}
