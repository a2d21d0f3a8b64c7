using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>
/// What one client wants to hear of: services of one of these types, with one of these tags, and with one of these ids; a list that is
/// empty restricts nothing. An update is judged by the service as it is after it.
/// </summary>
internal sealed record LiveFilter(IReadOnlyList<string> Types, IReadOnlyList<string> Tags, IReadOnlyList<ServiceId> Ids)
{
    public static LiveFilter Everything { get; } = new([], [], []);

    /// <summary>Members <c>type</c>, <c>types</c>, <c>tag</c>, <c>tags</c>, <c>id</c>, <c>ids</c>, <c>service_id</c>: a string or a list of strings each.</summary>
    /// <returns>Null with the sentence for the client when the filter is not understood.</returns>
    public static LiveFilter? TryRead(JsonElement filter, out string problem)
    {
        problem = "";
        if (filter.ValueKind != JsonValueKind.Object)
        {
            problem = "filter must be an object";
            return null;
        }

        List<string> types = [], tags = [], ids = [];
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
                problem = "filter knows type, tag and id";
                return null;
            }

            if (!TryAdd(member.Value, words))
            {
                problem = $"{member.Name} must be a string or a list of at most {LiveLimits.MaxFilterWords} strings";
                return null;
            }
        }

        var known = new List<ServiceId>(ids.Count);
        foreach (var text in ids)
        {
            if (!ServiceId.TryParse(text, out var id))
            {
                problem = "id must be the service_id of a service";
                return null;
            }

            known.Add(id);
        }

        return new LiveFilter(types, tags, known);
    }

    public bool Wants(LiveFrame frame) =>
        frame.Service is not { } service
        || ((Types.Count == 0 || Types.Contains(service.Type))
            && (Ids.Count == 0 || Ids.Contains(service.Id))
            && (Tags.Count == 0 || service.Tags.Any(Tags.Contains)));

    public void Write(Utf8JsonWriter json)
    {
        WriteWords(json, "types", Types);
        WriteWords(json, "tags", Tags);
        WriteWords(json, "ids", [.. Ids.Select(x => x.ToString())]);
    }

    private static bool TryAdd(JsonElement value, List<string> words)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                words.Add(value.GetString()!);
                return words.Count <= LiveLimits.MaxFilterWords;
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (item.ValueKind != JsonValueKind.String || words.Count == LiveLimits.MaxFilterWords)
                    {
                        return false;
                    }

                    words.Add(item.GetString()!);
                }

                return true;
            default:
                return false;
        }
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }
}
