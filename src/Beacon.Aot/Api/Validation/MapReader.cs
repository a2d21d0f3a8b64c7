using System.Text;
using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>Objects of texts. A key given twice keeps its first place and its last value.</summary>
internal static class MapReader
{
    public static IReadOnlyList<KeyValuePair<string, string>>? Read(
        in JsonElement value, FieldRule rule, in Location at, Problems problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add(at, "dict_type", "Input should be a valid dictionary", value.GetRawText());
            return null;
        }

        var elements = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            elements[member.Name] = member.Value;
        }

        if (elements.Count > rule.MaxItems)
        {
            problems.Add(
                at,
                "too_long",
                $"Dictionary should have at most {rule.MaxItems} items after validation, not {elements.Count}",
                value.GetRawText(),
                $"{{\"field_type\":\"Dictionary\",\"max_length\":{rule.MaxItems},\"actual_length\":{elements.Count}}}");
            return null;
        }

        var entries = new List<KeyValuePair<string, string>>(elements.Count);
        foreach (var (key, element) in elements)
        {
            TextRules.Check(key, rule.Key!, at.EntryKey(key), problems);
            if (ReadValue(key, element, rule, at.Entry(key), problems) is { } text)
            {
                entries.Add(new(key, text));
            }
        }

        return entries;
    }

    private static string? ReadValue(string key, in JsonElement value, FieldRule rule, in Location at, Problems problems)
    {
        if (TextOf(value) is not { } text)
        {
            problems.Add(at, "string_type", "Input should be a valid string", value.GetRawText());
            return null;
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > rule.MaxValueBytes)
        {
            problems.Add(
                at,
                "bytes_too_long",
                $"Data should have at most {rule.MaxValueBytes} bytes",
                value.GetRawText(),
                $"{{\"max_length\":{rule.MaxValueBytes}}}");
            return null;
        }

        if (TextRules.Broken(rule.ValueForm, text) is { } broken)
        {
            problems.AddValueError(at, broken, value.GetRawText());
            return null;
        }

        if (rule.MaxEntryBytes > 0 && Encoding.UTF8.GetByteCount(key) + 1 + bytes > rule.MaxEntryBytes)
        {
            problems.AddValueError(at, $"key, '=' and value must fit into {rule.MaxEntryBytes} bytes together", value.GetRawText());
            return null;
        }

        return text;
    }

    /// <summary>Devices send numbers and booleans; they mean the text of it, as they wrote it.</summary>
    private static string? TextOf(in JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => "",
        _ => null,
    };
}
