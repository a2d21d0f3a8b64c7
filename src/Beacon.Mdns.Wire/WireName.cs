using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Beacon.Mdns.Wire;

/// <summary>
/// Names on the heap: labels with their length bytes, ended by a zero, not compressed. Case is kept; comparing and hashing ignore that
/// of ASCII letters only. Callers give text in normal form C (RFC 6762 §16): a codec without tables cannot make it.
/// </summary>
public static partial class WireName
{
    /// <summary>The name without labels.</summary>
    public static ReadOnlySpan<byte> Root => [0];

    /// <summary>Length of the name that begins the bytes, or 0 when none does.</summary>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && at < DnsLimits.NameLength && LabelByte.IsLabel(bytes[at]))
        {
            var head = bytes[at];
            at += head + 1;
            if (head == 0)
            {
                return at;
            }
        }

        return 0;
    }

    /// <summary>Is it one whole name and nothing else?</summary>
    public static bool IsValid(ReadOnlySpan<byte> name) => name.Length > 0 && Length(name) == name.Length;

    public static bool Equals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => LabelByte.EqualsFolded(left, right);

    public static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new NameHash();
        foreach (var label in Labels(name))
        {
            hash.Add(label);
        }

        return hash.Value;
    }

    public static LabelEnumerator Labels(ReadOnlySpan<byte> name) => new(name, 0);

    /// <summary>Is the name below this one, or the same?</summary>
    public static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ending)
    {
        while (name.Length > ending.Length && name[0] < name.Length)
        {
            name = name[(name[0] + 1)..];
        }

        return Equals(name, ending);
    }

    /// <summary>Labels as text, not escaped. For names the program itself makes: anything wrong with them is an exception.</summary>
    /// <exception cref="ArgumentException">A label is empty, too long or not Unicode, or the name is too long.</exception>
    public static byte[] FromLabels(params ReadOnlySpan<string> labels)
    {
        Span<byte> name = stackalloc byte[DnsLimits.NameLength];
        var at = 0;
        foreach (var label in labels)
        {
            if (!TryAppend(label, name, ref at))
            {
                ThrowBadLabel(label);
            }
        }

        name[at++] = 0;
        return name[..at].ToArray();
    }

    private static bool TryAppend(string label, Span<byte> name, ref int at)
    {
        // One byte stays free for the root.
        var room = Math.Min(DnsLimits.LabelLength, name.Length - at - 2);
        if (room < 1
            || Utf8.FromUtf16(label, name.Slice(at + 1, room), out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done
            || length == 0)
        {
            return false;
        }

        name[at] = (byte)length;
        at += length + 1;
        return true;
    }

    [DoesNotReturn]
    private static void ThrowBadLabel(string label) =>
        throw new ArgumentException("Not a label, or one too many for a name: '" + label + "'.", nameof(label));
}
