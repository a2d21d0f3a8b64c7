using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Beacon.Aot.Api.Validation;

/// <summary>
/// Parses a request body so that everything read from the document later is sound: well-formed JSON, valid UTF-8, no lone surrogates,
/// bounded depth. Any content type will do: curl without <c>-H</c> says it sends a form.
/// </summary>
internal static class JsonInput
{
    /// <summary>Requests nest two levels; a few more let clients send members that are ignored.</summary>
    private const int MaxDepth = 32;

    private const string NotUtf8 = "Invalid UTF-8";
    private const string LoneSurrogate = "Lone surrogate in a string";
    private const string NothingGiven = "null";

    /// <summary>What a body that was left out means where every member is optional.</summary>
    public static ReadOnlyMemory<byte> EmptyObject { get; } = "{}"u8.ToArray();

    /// <summary>Editors and shells on Windows put it before their UTF-8.</summary>
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    public static bool IsBlank(ReadOnlySpan<byte> body) => body.Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>Null when the body is no JSON object; the problem then says why.</summary>
    public static JsonDocument? ParseObject(ReadOnlyMemory<byte> body, Problems problems)
    {
        if (body.Span.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        if (IsBlank(body.Span))
        {
            problems.Add(Location.WholeBody, "missing", "Field required", NothingGiven);
            return null;
        }

        if (FirstFlaw(body.Span) is var (offset, reason) && reason is not null)
        {
            var characters = Encoding.UTF8.GetCharCount(body.Span[..offset]);
            problems.Add(
                Location.BodyOffset(characters), "json_invalid", "JSON decode error", "{}", $"{{\"error\":{Problems.Quote(reason)}}}");
            return null;
        }

        var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        problems.Add(
            Location.WholeBody,
            "model_attributes_type",
            "Input should be a valid dictionary or object to extract fields from",
            document.RootElement.GetRawText());
        document.Dispose();
        return null;
    }

    /// <summary>Byte offset and reason of the first thing that makes the body unreadable; no reason: there is none.</summary>
    private static (int Offset, string? Reason) FirstFlaw(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return (ValidPrefix(body), NotUtf8);
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    && reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
                {
                    return ((int)reader.TokenStartIndex, LoneSurrogate);
                }
            }

            return (0, null);
        }
        catch (JsonException exception)
        {
            return (OffsetOf(body, exception), ReasonOf(exception));
        }
    }

    private static int ValidPrefix(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(body[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    /// <summary>Looks at <c>\uD800</c>–<c>\uDFFF</c> in a string the reader has accepted: each high half needs a low half right behind it.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        const int EscapeLength = 6;
        for (var i = escaped.IndexOf((byte)'\\'); i >= 0 && i < escaped.Length;)
        {
            if (escaped[i] != '\\')
            {
                i++;
            }
            else if (escaped[i + 1] != 'u')
            {
                i += 2;
            }
            else if (!char.IsSurrogate(Unit(escaped[i..])))
            {
                i += EscapeLength;
            }
            else if (char.IsHighSurrogate(Unit(escaped[i..])) && escaped[(i + EscapeLength)..].StartsWith("\\u"u8)
                && char.IsLowSurrogate(Unit(escaped[(i + EscapeLength)..])))
            {
                i += 2 * EscapeLength;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int OffsetOf(ReadOnlySpan<byte> body, JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            offset += body[offset..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(offset + (exception.BytePositionInLine ?? 0), body.Length);
    }

    /// <summary>The parser's sentence without its position, which is in the location already, and its advice to programmers.</summary>
    private static string ReasonOf(JsonException exception)
    {
        var reason = exception.Message.AsSpan();
        foreach (var end in (ReadOnlySpan<string>)[" LineNumber:", " which is not supported in this mode", " Change the reader options"])
        {
            var at = reason.IndexOf(end);
            reason = at < 0 ? reason : reason[..at];
        }

        return reason.ToString();
    }
}
