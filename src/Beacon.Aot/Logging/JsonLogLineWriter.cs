using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Beacon.Aot.Logging;

/// <summary>
/// One JSON object a line: <c>timestamp, level, logger, message, event_id</c>, then the entry's own fields in snake case.
/// </summary>
internal sealed class JsonLogLineWriter : ILogLineWriter
{
    /// <summary>Set by the message template, not a field of the entry.</summary>
    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ConcurrentDictionary<string, string> _names = new();

    public void Write(MemoryStream buffer, in LogLine line)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp"u8, line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("level"u8, LogNames.Level(line.Level));
            json.WriteString("logger"u8, LogNames.Logger(line.Logger));
            json.WriteString("message"u8, line.Message);
            if (line.Event.Id != 0)
            {
                json.WriteNumber("event_id"u8, line.Event.Id);
            }

            foreach (var (name, value) in line.Fields ?? [])
            {
                if (name != Template)
                {
                    WriteField(json, _names.GetOrAdd(name, LogNames.Field), value);
                }
            }

            if (line.Exception is not null)
            {
                json.WriteString("exception"u8, line.Exception.ToString());
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case TimeSpan span:
                json.WriteNumber(name, span.TotalSeconds);
                break;
            default:
                json.WriteString(name, LogNames.Text(value));
                break;
        }
    }
}
