using System.Text.Json;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Services;
using Beacon.Storage.Events;

namespace Beacon.Aot.Api.Events;

/// <summary>Entries of the event log as JSON.</summary>
internal static class EventJsonWriter
{
    public static void WritePage(Utf8JsonWriter json, EventPage page)
    {
        json.WriteStartObject();
        json.WriteStartArray("events"u8);
        foreach (var entry in page.Entries)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
        if (page.Next is { } next)
        {
            json.WriteNumber("next"u8, next);
        }
        else
        {
            json.WriteNull("next"u8);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EventEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, entry.Id);
        UtcText.WriteString(json, HealthField.Timestamp, entry.At);
        json.WriteString("kind"u8, EventKindText.Of(entry.Kind));
        json.WriteString(ServiceField.ServiceId, entry.Service?.ToString());
        json.WriteString("service_name"u8, entry.Name);
        json.WriteString("source"u8, entry.Source);
        json.WriteString("detail"u8, entry.Detail);
        json.WriteEndObject();
    }
}
