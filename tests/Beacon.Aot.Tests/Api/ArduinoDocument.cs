using System.Text;
using System.Text.Json;

namespace Beacon.Aot.Tests.Api;

/// <summary>
/// Memory an ArduinoJson 6 document needs on an ESP32: 16 bytes per member or entry, and each distinct text once with its terminator
/// (arduinojson.org, assistant: "slots" and "strings"). Without counting repeated texts once, as some versions do not.
/// </summary>
internal static class ArduinoDocument
{
    private const int Slot = 16;

    public static int SizeOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SizeOf(document.RootElement);
    }

    private static int SizeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => Slot + Encoding.UTF8.GetByteCount(member.Name) + 1 + SizeOf(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(entry => Slot + SizeOf(entry)),
        JsonValueKind.String => Encoding.UTF8.GetByteCount(value.GetString()!) + 1,
        _ => 0,
    };
}
