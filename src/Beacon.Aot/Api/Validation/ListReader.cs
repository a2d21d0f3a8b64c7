using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>Lists of texts. Repeats are dropped, the order stays.</summary>
internal static class ListReader
{
    public static IReadOnlyList<string>? Read(in JsonElement value, FieldRule rule, in Location at, Problems problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add(at, "list_type", "Input should be a valid list", value.GetRawText());
            return null;
        }

        var count = value.GetArrayLength();
        if (count > rule.MaxItems)
        {
            problems.Add(
                at,
                "too_long",
                $"List should have at most {rule.MaxItems} items after validation, not {count}",
                value.GetRawText(),
                $"{{\"field_type\":\"List\",\"max_length\":{rule.MaxItems},\"actual_length\":{count}}}");
            return null;
        }

        var items = new List<string>(count);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (TextRules.Read(element, rule.Item!, at.Item(index++), problems) is { } item && !items.Contains(item))
            {
                items.Add(item);
            }
        }

        return items;
    }
}
