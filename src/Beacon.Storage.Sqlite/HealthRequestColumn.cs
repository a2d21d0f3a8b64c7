using System.Buffers;
using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Storage.Sqlite;

/// <summary>What a check sends and expects, as a JSON object of what is not the default; NULL when all is.</summary>
internal static class HealthRequestColumn
{
    private const string Method = "method";
    private const string Headers = "headers";
    private const string ExpectedStatus = "expected_status";
    private const string ExpectedText = "expected_text";
    private const string ExpectedJson = "expected_json";
    private const string Insecure = "insecure";

    public static ReadOnlySpan<byte> Write(HealthCheckRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonColumns.Options))
        {
            json.WriteStartObject();
            if (request.Method != CheckMethod.Get)
            {
                json.WriteString(Method, CheckMethodText.From(request.Method));
            }

            WriteEntries(json, Headers, request.Headers);
            if (request.ExpectedStatus != HealthCheckRequest.Default.ExpectedStatus)
            {
                json.WriteString(ExpectedStatus, request.ExpectedStatus);
            }

            if (request.ExpectedText is not null)
            {
                json.WriteString(ExpectedText, request.ExpectedText);
            }

            WriteEntries(json, ExpectedJson, request.ExpectedJson);
            if (request.Insecure)
            {
                json.WriteBoolean(Insecure, true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <exception cref="JsonException">Not such an object.</exception>
    public static HealthCheckRequest Read(ReadOnlySpan<byte> utf8, TextPool pool)
    {
        if (utf8.IsEmpty)
        {
            return HealthCheckRequest.Default;
        }

        var request = HealthCheckRequest.Default;
        var json = new Utf8JsonReader(utf8);
        JsonColumns.Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case Method:
                    request = request with { Method = CheckMethodText.Read(JsonColumns.Text(ref json)) ?? CheckMethod.Get };
                    break;
                case Headers:
                    request = request with { Headers = JsonColumns.ReadMembers(ref json, pool) };
                    break;
                case ExpectedStatus:
                    request = request with { ExpectedStatus = JsonColumns.Text(ref json) };
                    break;
                case ExpectedText:
                    request = request with { ExpectedText = JsonColumns.Text(ref json) };
                    break;
                case ExpectedJson:
                    request = request with { ExpectedJson = JsonColumns.ReadMembers(ref json, pool) };
                    break;
                case Insecure:
                    request = request with { Insecure = json.TokenType == JsonTokenType.True };
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return request;
    }

    private static void WriteEntries(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in entries)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
