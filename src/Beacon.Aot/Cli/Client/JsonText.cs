using System.Text;
using System.Text.Json;
using Beacon.Aot.Api;

namespace Beacon.Aot.Cli.Client;

/// <summary>JSON that a command sends or prints.</summary>
internal static class JsonText
{
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Options))
        {
            write(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>Without the line's end.</summary>
    public static string Line(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Of(write));

    public static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
