using System.Text;
using System.Text.Json;
using Beacon.Aot.Api.Validation;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Reads <c>{"ids":[…],"ttl":…}</c>, or one id a line. The usual form is read in one pass without a document; whatever is unusual is read
/// again, slowly, so that mistakes get the sentences they get everywhere.
/// </summary>
internal static class HeartbeatBatchReader
{
    private static readonly FieldRule Ids = new("ids", FieldKind.List) { MaxItems = HeartbeatsEndpoint.MaxIds };

    /// <summary>Null when there are problems. The texts of the batch stand in the returned memory.</summary>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> body, HeartbeatBatch batch, ref int? ttl, Problems problems)
    {
        var text = body.Span.TrimStart("\uFEFF \t\r\n"u8);
        if (text is not [(byte)'{', ..])
        {
            return ReadLines(body.Span, batch, problems) ? body : null;
        }

        if (TryReadUsual(body.Span, batch, ref ttl))
        {
            return body;
        }

        batch.Clear();
        return ReadSlowly(body, batch, ref ttl, problems);
    }

    private static bool ReadLines(ReadOnlySpan<byte> body, HeartbeatBatch batch, Problems problems)
    {
        // Editors on Windows put a mark before their UTF-8, which is no part of the first id.
        for (var start = body.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0; start < body.Length;)
        {
            var length = body[start..].IndexOf((byte)'\n');
            length = length < 0 ? body.Length - start : length;
            var line = body.Slice(start, length);
            var leading = length - line.TrimStart(" \t\r"u8).Length;
            line = line.Trim(" \t\r"u8);
            if (line.Length > 0)
            {
                if (batch.IsFull)
                {
                    TooLong(problems);
                    return false;
                }

                batch.Add(line, start + leading);
            }

            start += length + 1;
        }

        return true;
    }

    /// <summary>False for everything that is not plain: an escape, a member of another kind, a list that is too long, broken JSON.</summary>
    private static bool TryReadUsual(ReadOnlySpan<byte> body, HeartbeatBatch batch, ref int? ttl)
    {
        var reader = new Utf8JsonReader(body);
        int? given = null;
        var hasIds = false;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("ids"u8))
                {
                    hasIds = !hasIds && TryReadIds(ref reader, batch);
                    if (!hasIds)
                    {
                        return false;
                    }
                }
                else if (reader.ValueTextEquals(QueryRules.Ttl.Name))
                {
                    reader.Read();
                    if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var number) || number < QueryRules.Ttl.Min || number > QueryRules.Ttl.Max)
                    {
                        return false;
                    }

                    given = number;
                }
                else
                {
                    return false;
                }
            }

            // The reader is at the end of the object; what follows it must be nothing.
            if (!hasIds || reader.Read())
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        ttl = given ?? ttl;
        return true;
    }

    private static bool TryReadIds(ref Utf8JsonReader reader, HeartbeatBatch batch)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (batch.IsFull || reader.ValueIsEscaped)
            {
                return false;
            }

            // Behind the quote.
            batch.Add(reader.ValueSpan, (int)reader.TokenStartIndex + 1);
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static ReadOnlyMemory<byte>? ReadSlowly(ReadOnlyMemory<byte> body, HeartbeatBatch batch, ref int? ttl, Problems problems)
    {
        using var document = JsonInput.ParseObject(body, problems);
        if (document is null)
        {
            return null;
        }

        var root = document.RootElement;
        if (root.TryGetProperty(QueryRules.Ttl.Name, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            ttl = IntegerReader.Read(given, QueryRules.Ttl, Location.BodyField(QueryRules.Ttl.Name), problems) ?? ttl;
        }

        var texts = new MemoryStream();
        if (!root.TryGetProperty(Ids.Name, out var ids))
        {
            problems.Add(Location.BodyField(Ids.Name), "missing", "Field required", "{}");
        }
        else if (ids.ValueKind != JsonValueKind.Array)
        {
            problems.Add(Location.BodyField(Ids.Name), "list_type", "Input should be a valid list", Problems.Quote(ids.ValueKind.ToString()));
        }
        else if (ids.GetArrayLength() > Ids.MaxItems)
        {
            TooLong(problems);
        }
        else
        {
            AddAll(ids, batch, texts, problems);
        }

        return problems.Any ? null : texts.ToArray();
    }

    /// <summary>The first entry that is no text is told of; the others would say the same.</summary>
    private static void AddAll(in JsonElement ids, HeartbeatBatch batch, MemoryStream texts, Problems problems)
    {
        var at = 0;
        foreach (var entry in ids.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String)
            {
                problems.Add(
                    Location.BodyField(Ids.Name).Item(at), "string_type", "Input should be a valid string", Problems.Quote(entry.ValueKind.ToString()));
                return;
            }

            var text = Encoding.UTF8.GetBytes(entry.GetString()!);
            batch.Add(text, (int)texts.Position);
            texts.Write(text);
            at++;
        }
    }

    private static void TooLong(Problems problems) => problems.Add(
        Location.BodyField(Ids.Name),
        "too_long",
        $"List should have at most {Ids.MaxItems} items after validation",
        "[]",
        $"{{\"field_type\":\"List\",\"max_length\":{Ids.MaxItems}}}");
}
