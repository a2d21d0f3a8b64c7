using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Storage.Health;

namespace Beacon.Aot.Api.Health;

/// <summary>Incidents as JSON.</summary>
internal static class IncidentJsonWriter
{
    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<Incident> incidents, DateTimeOffset now)
    {
        json.WriteStartArray("incidents"u8);
        foreach (var incident in incidents)
        {
            Write(json, incident, now);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Incident incident, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, incident.Number);
        json.WriteString(ServiceField.ServiceId, incident.Service.Value);
        json.WriteString("service_name"u8, incident.Name);
        UtcText.WriteString(json, HealthField.StartedAt, incident.StartedAt);
        JsonFigures.Instant(json, HealthField.EndedAt, incident.EndedAt);
        var length = (incident.EndedAt ?? now) - incident.StartedAt;
        json.WriteNumber(HealthField.DurationSeconds, Math.Max(0, Math.Round(length.TotalSeconds, 3)));
        json.WriteString("cause"u8, incident.Cause);
        json.WriteBoolean("planned"u8, incident.IsPlanned);
        json.WriteEndObject();
    }
}
