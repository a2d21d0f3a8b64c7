using System.Text;

namespace Beacon.Client.Discovery;

/// <summary>Names with their pointers (RFC 1035 §4.1.4).</summary>
internal static class NameReader
{
    private const int MaxName = 255;
    private const int MaxLabel = 63;
    private const int PointerBits = 0xC0;

    /// <summary>The name at <paramref name="at"/> in lower case. A pointer leads backwards only, so every name ends.</summary>
    /// <param name="end">The first byte after it.</param>
    public static bool TryRead(ReadOnlySpan<byte> datagram, int at, out string name, out int end)
    {
        var text = new StringBuilder();
        var (lowest, size) = (at, 0);
        name = "";
        end = 0;
        while (at < datagram.Length)
        {
            int length = datagram[at];
            if ((length & PointerBits) == PointerBits)
            {
                if (at + 1 >= datagram.Length)
                {
                    return false;
                }

                var target = ((length & ~PointerBits) << 8) | datagram[at + 1];
                if (target >= lowest)
                {
                    return false;
                }

                end = end == 0 ? at + 2 : end;
                at = lowest = target;
                continue;
            }

            if (length == 0)
            {
                end = end == 0 ? at + 1 : end;
                name = text.ToString();
                return true;
            }

            size += length + 1;
            if (length > MaxLabel || size > MaxName || at + 1 + length > datagram.Length)
            {
                return false;
            }

            // A dot inside a label must not look like one between labels.
            text.Append(text.Length > 0 ? "." : "")
                .Append(Encoding.UTF8.GetString(datagram.Slice(at + 1, length)).ToLowerInvariant().Replace(".", "\\.", StringComparison.Ordinal));
            at += 1 + length;
        }

        return false;
    }
}
