using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Instants as the API writes them: <c>2026-11-23T08:30:01.670558Z</c>, with microseconds, the fraction left out when it is zero.
/// </summary>
internal static class UtcText
{
    public const int MaxLength = 27;

    private const int MicrosecondDigits = 6;
    private const int LengthToSeconds = 19;

    /// <summary>Returns how many bytes were written, at most <see cref="MaxLength"/>; the target must have room for that many.</summary>
    public static int Format(DateTimeOffset instant, Span<byte> target)
    {
        var at = instant.UtcDateTime;
        var written = at.TryFormat(target, out var length, "s", CultureInfo.InvariantCulture);
        Debug.Assert(written && length == LengthToSeconds, "The target has room for the longest form.");
        var microseconds = (int)(at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        if (microseconds != 0)
        {
            target[length] = (byte)'.';
            for (var i = MicrosecondDigits; i > 0; i--)
            {
                target[length + i] = (byte)('0' + (microseconds % 10));
                microseconds /= 10;
            }

            length += 1 + MicrosecondDigits;
        }

        target[length] = (byte)'Z';
        return length + 1;
    }

    public static string ToText(DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(instant, text)]);
    }

    public static void WriteString(Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteString(name, text[..Format(instant, text)]);
    }

    public static void WriteStringValue(Utf8JsonWriter writer, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        writer.WriteStringValue(text[..Format(instant, text)]);
    }
}
