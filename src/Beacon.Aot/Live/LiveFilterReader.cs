using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>
/// Reads the filter of a subscription: <c>type</c>, <c>tags</c> and <c>ids</c>, each a string or a list of strings, in the singular or the
/// plural. A member that is not known is refused: left out silently it would widen what the client asked for.
/// </summary>
internal static class LiveFilterReader
{
    private const string NotAnObject = "filter: must be an object";
    private const string UnknownMember = "filter: knows type, tags and ids";
    private static readonly string NoWords = $"must be a string or a list of at most {LiveLimits.MaxFilterWords} strings";

    /// <param name="problem">The sentence for the client when the result is null.</param>
    public static LiveFilter? Read(in JsonElement filter, out string problem)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            problem = NotAnObject;
            return null;
        }

        HashSet<string> types = [], tags = [], ids = [];
        foreach (var member in filter.EnumerateObject())
        {
            var words = member.Name switch
            {
                "type" or "types" => types,
                "tag" or "tags" => tags,
                "id" or "ids" or "service_id" => ids,
                _ => null,
            };
            if (words is null)
            {
                problem = UnknownMember;
                return null;
            }

            if (!TryAdd(member.Value, words))
            {
                problem = $"filter.{member.Name}: {NoWords}";
                return null;
            }
        }

        return Parse(ids, out problem) is { } known ? new LiveFilter(types, tags, known) : null;
    }

    private static HashSet<ServiceId>? Parse(HashSet<string> texts, out string problem)
    {
        problem = "";
        var ids = new HashSet<ServiceId>(texts.Count);
        foreach (var text in texts)
        {
            if (!ServiceId.TryParse(text, out var id))
            {
                problem = "filter.ids: must be ids as service_id shows them";
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    private static bool TryAdd(in JsonElement value, HashSet<string> words)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String:
                words.Add(value.GetString()!);
                return words.Count <= LiveLimits.MaxFilterWords;
            case JsonValueKind.Array when value.GetArrayLength() <= LiveLimits.MaxFilterWords:
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind != JsonValueKind.String)
                    {
                        return false;
                    }

                    words.Add(item.GetString()!);
                }

                return words.Count <= LiveLimits.MaxFilterWords;
            default:
                return false;
        }
    }
}
