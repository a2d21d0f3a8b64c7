using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>
/// What one client wants to hear of: services of one of these types, with one of these tags, and with one of these ids; a set that is
/// empty restricts nothing. Texts are compared exactly, as in lists.
/// </summary>
/// <remarks>Never changed after construction.</remarks>
internal sealed class LiveFilter(HashSet<string> types, HashSet<string> tags, HashSet<ServiceId> ids)
{
    public static LiveFilter Everything { get; } = new([], [], []);

    /// <summary>
    /// What the client is sent for this message: the message; for an update that takes the service out of the filter the news that it is
    /// gone; or nothing.
    /// </summary>
    public byte[]? Choose(LiveFrame frame)
    {
        if (frame.Service is not { } service || Fits(service))
        {
            return frame.Json;
        }

        return frame.Previous is { } previous && Fits(previous) ? frame.Departure : null;
    }

    public void WriteMembers(Utf8JsonWriter json)
    {
        WriteTexts(json, "types"u8, types);
        WriteTexts(json, "tags"u8, tags);
        if (ids.Count > 0)
        {
            json.WriteStartArray("ids"u8);
            foreach (var id in ids)
            {
                json.WriteStringValue(id.Value);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, HashSet<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private bool Fits(ServiceInstance service) =>
        (types.Count == 0 || types.Contains(service.Type))
        && (ids.Count == 0 || ids.Contains(service.Id))
        && (tags.Count == 0 || HasTag(service.Tags));

    private bool HasTag(IReadOnlyList<string> given)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (tags.Contains(given[i]))
            {
                return true;
            }
        }

        return false;
    }
}
