using System.Buffers;
using System.Globalization;
using System.Text;

namespace Beacon.Mdns.Wire;

// Names as people read and write them: labels joined by dots (RFC 6763 §4.3, RFC 1035 §5.1).
public static partial class WireName
{
    private const char Escape = '\\';
    private const char Separator = '.';
    private const int EscapeDigits = 3;

    /// <summary>
    /// Dots and backslashes inside a label get a backslash; control characters, line ends and bytes that are no UTF-8 become
    /// <c>\DDD</c>, so that a name from the network cannot break a log line. No dot at the end, but for the root.
    /// </summary>
    public static string ToText(ReadOnlySpan<byte> name) => ToText(Labels(name));

    /// <summary>
    /// Reads what <see cref="ToText(ReadOnlySpan{byte})"/> writes; a dot at the end is allowed. False for empty or overlong labels and
    /// names, an unfinished escape, or text that is no Unicode.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> escapedText, out byte[] name)
    {
        name = [];
        Span<byte> bytes = stackalloc byte[DnsLimits.NameLength];
        var (labelAt, at) = (0, 1);
        if (escapedText is not [Separator])
        {
            while (!escapedText.IsEmpty)
            {
                if (escapedText[0] == Separator)
                {
                    if (!TryClose(bytes, ref labelAt, ref at))
                    {
                        return false;
                    }

                    escapedText = escapedText[1..];
                }
                else if (!TryTakeCharacter(ref escapedText, bytes, ref at))
                {
                    return false;
                }
            }

            // A last label without a dot after it; with one, it is closed already.
            if (at > labelAt + 1 ? !TryClose(bytes, ref labelAt, ref at) : labelAt == 0)
            {
                return false;
            }
        }

        bytes[labelAt] = 0;
        name = bytes[..(labelAt + 1)].ToArray();
        return true;
    }

    /// <summary>
    /// One label, or any text from the network, as people read it: dots stay dots. What cannot be shown becomes <c>\DDD</c>, so that it
    /// cannot move a terminal's cursor either.
    /// </summary>
    public static string LabelToText(ReadOnlySpan<byte> label)
    {
        var text = new StringBuilder(label.Length);
        Append(text, label, escapes: false);
        return text.ToString();
    }

    internal static string ToText(LabelEnumerator labels)
    {
        var text = new StringBuilder();
        foreach (var label in labels)
        {
            if (text.Length > 0)
            {
                text.Append(Separator);
            }

            Append(text, label, escapes: true);
        }

        return text.Length == 0 ? "." : text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> label, bool escapes)
    {
        while (!label.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(label, out var rune, out var length) == OperationStatus.Done && IsPrintable(rune);
            if (!isText)
            {
                foreach (var value in label[..length])
                {
                    text.Append(Escape).Append(value.ToString("D3", CultureInfo.InvariantCulture));
                }
            }
            else
            {
                if (escapes && rune.Value is (Separator or Escape))
                {
                    text.Append(Escape);
                }

                text.Append(rune.ToString());
            }

            label = label[length..];
        }
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool TryTakeCharacter(ref ReadOnlySpan<char> text, scoped Span<byte> bytes, ref int at)
    {
        if (text[0] == Escape && text.Length > EscapeDigits && char.IsAsciiDigit(text[1]))
        {
            if (!byte.TryParse(text.Slice(1, EscapeDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || at == bytes.Length)
            {
                return false;
            }

            bytes[at++] = value;
            text = text[(EscapeDigits + 1)..];
            return true;
        }

        text = text[0] == Escape ? text[1..] : text;
        if (Rune.DecodeFromUtf16(text, out var rune, out var consumed) != OperationStatus.Done
            || !rune.TryEncodeToUtf8(bytes[at..], out var written))
        {
            return false;
        }

        at += written;
        text = text[consumed..];
        return true;
    }

    /// <summary>Fills in the length byte of the label that ends here. The next one, or the root, needs a byte too.</summary>
    private static bool TryClose(Span<byte> bytes, ref int labelAt, ref int at)
    {
        var length = at - labelAt - 1;
        if (length is 0 or > DnsLimits.LabelLength || at >= bytes.Length)
        {
            return false;
        }

        bytes[labelAt] = (byte)length;
        labelAt = at++;
        return true;
    }
}
