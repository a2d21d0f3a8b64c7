using System.Runtime.CompilerServices;

namespace Beacon.Mdns.Wire;

/// <summary>The byte a label or pointer begins with, and the only folding names know: A–Z (RFC 6762 §16).</summary>
internal static class LabelByte
{
    private const int KindMask = 0xC0;
    private const int PointerKind = 0xC0;
    private const int PointerHighBits = 0x3F;
    private const int LetterCaseBit = 0x20;
    private const int BitsPerByte = 8;

    /// <summary>True also for the root's zero.</summary>
    public static bool IsLabel(int head) => (head & KindMask) == 0;

    public static bool IsPointer(int head) => (head & KindMask) == PointerKind;

    public static int Target(int head, byte low) => ((head & PointerHighBits) << BitsPerByte) | low;

    public static ushort Pointer(int target) => (ushort)((PointerKind << BitsPerByte) | target);

    /// <summary>Length bytes are below 'A', so that folding a whole name leaves them alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Fold(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | LetterCaseBit) : value;

    public static bool EqualsFolded(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (left[at] != right[at] && Fold(left[at]) != Fold(right[at]))
            {
                return false;
            }
        }

        return true;
    }
}
