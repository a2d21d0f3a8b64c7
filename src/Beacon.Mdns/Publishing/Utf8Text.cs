using System.Text;

namespace Beacon.Mdns.Publishing;

/// <summary>Cutting text to a number of UTF-8 bytes.</summary>
internal static class Utf8Text
{
    /// <summary>The longest beginning of <paramref name="text"/> that fits, never ending inside a character.</summary>
    public static string Cut(string text, int mostBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= mostBytes)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > mostBytes)
            {
                break;
            }

            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
