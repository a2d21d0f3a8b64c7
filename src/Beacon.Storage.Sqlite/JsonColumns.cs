using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Storage.Sqlite;

/// <summary>Lists as JSON text in one column: an array of tags, an object of entries in their order. Written and read by hand: no reflection.</summary>
internal static class JsonColumns
{
    /// <summary>Nobody embeds these in a page; unescaped they stay readable in the sqlite3 shell.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlySpan<byte> Write(IReadOnlyList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan;
    }

    public static ReadOnlySpan<byte> Write(IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach (var (key, value) in entries)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <param name="pool">For texts that repeat.</param>
    /// <exception cref="JsonException">Not an array of strings.</exception>
    public static string[] ReadTexts(ReadOnlySpan<byte> utf8, TextPool pool)
    {
        var json = new Utf8JsonReader(utf8);
        Expect(ref json, JsonTokenType.StartArray);
        var texts = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(Text(ref json, pool));
        }

        return [.. texts];
    }

    /// <param name="pool">For texts that repeat.</param>
    /// <exception cref="JsonException">Not an object of strings.</exception>
    public static KeyValuePair<string, string>[] ReadEntries(ReadOnlySpan<byte> utf8, TextPool pool)
    {
        var json = new Utf8JsonReader(utf8);
        return json.Read() ? ReadMembers(ref json, pool) : throw new JsonException("expected an object");
    }

    /// <summary>The reader stands on the object's start, and on its end afterwards.</summary>
    /// <param name="pool">For texts that repeat.</param>
    /// <exception cref="JsonException">Not an object of strings.</exception>
    public static KeyValuePair<string, string>[] ReadMembers(ref Utf8JsonReader json, TextPool pool)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }

        var entries = new List<KeyValuePair<string, string>>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = Value(ref json, pool);
            json.Read();
            entries.Add(new(key, Text(ref json, pool)));
        }

        return [.. entries];
    }

    public static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw new JsonException($"expected {type}");
        }
    }

    public static string Text(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? json.GetString()! : throw new JsonException("expected a string");

    private static string Text(ref Utf8JsonReader json, TextPool pool) =>
        json.TokenType == JsonTokenType.String ? Value(ref json, pool) : throw new JsonException("expected a string");

    private static string Value(ref Utf8JsonReader json, TextPool pool) => json.ValueIsEscaped ? json.GetString()! : pool.Share(json.ValueSpan);
}
