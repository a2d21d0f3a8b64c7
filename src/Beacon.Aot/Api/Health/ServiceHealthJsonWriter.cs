using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Api.Health;

/// <summary>The body of <c>GET /services/{id}/health</c>.</summary>
internal static class ServiceHealthJsonWriter
{
    public static void Write(Utf8JsonWriter json, in ServiceView service, HistoryWindow window, ServiceHistory history, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString(ServiceField.ServiceId, service.Id.Value);
        json.WriteString(ServiceField.Name, service.Instance.Name);
        WriteNow(json, service);
        json.WriteString("window"u8, HistoryWindows.Name(window));
        json.WriteNumber("step_seconds"u8, HistoryWindows.Step(window));
        json.WriteStartObject("uptime"u8);
        foreach (var one in HistoryWindows.All)
        {
            JsonFigures.Ratio(json, JsonEncodedText.Encode(HistoryWindows.Name(one)), history.Uptime[one]);
        }

        json.WriteEndObject();
        json.WriteStartObject("response_time"u8);
        WriteTimes(json, history.Summary);
        json.WriteEndObject();
        WriteSeries(json, history.Points);
        IncidentJsonWriter.WriteList(json, history.Incidents, now);
        WriteResults(json, history.Results);
        json.WriteEndObject();
    }

    private static void WriteNow(Utf8JsonWriter json, in ServiceView service)
    {
        var health = service.Health ?? HealthState.Unchecked;
        var last = health.Last;
        json.WriteString(ServiceField.Status, HealthStatusText.Of(health.Status));
        json.WriteBoolean(ServiceField.Flapping, health.IsFlapping);
        json.WriteNumber(ServiceField.ConsecutiveFailures, health.ConsecutiveFailures);
        JsonFigures.Instant(json, ServiceField.LastHealthCheck, last?.At);
        JsonFigures.Milliseconds(json, ServiceField.ResponseTime, last?.ResponseTime?.TotalMilliseconds);
        JsonFigures.Integer(json, HealthField.StatusCode, last?.StatusCode);
        json.WriteString(ServiceField.Error, last?.Error);
        JsonFigures.Instant(json, HealthField.CertificateExpiresAt, last?.CertificateExpiresAt);
        json.WriteString(ServiceField.LeaseSource, LeaseSourceText.From(service.Instance.LeaseSource));
        if (service.Instance.Maintenance is { } maintenance)
        {
            HealthJsonWriter.WriteMaintenance(json, maintenance);
        }
        else
        {
            json.WriteNull(ServiceField.Maintenance);
        }
    }

    private static void WriteSeries(Utf8JsonWriter json, IReadOnlyList<HistoryPoint> points)
    {
        json.WriteStartArray("series"u8);
        foreach (var point in points)
        {
            json.WriteStartObject();
            UtcText.WriteString(json, HealthField.Time, point.Time);
            json.WriteNumber("count"u8, point.Count);
            json.WriteNumber("planned"u8, point.Planned);
            JsonFigures.Ratio(json, HealthField.UpRatio, point.UpRatio);
            WriteTimes(json, point);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, HistoryPoint point)
    {
        JsonFigures.Milliseconds(json, HealthField.MinMs, point.Min);
        JsonFigures.Milliseconds(json, HealthField.MeanMs, point.Mean);
        JsonFigures.Milliseconds(json, HealthField.P50Ms, point.P50);
        JsonFigures.Milliseconds(json, HealthField.P95Ms, point.P95);
        JsonFigures.Milliseconds(json, HealthField.MaxMs, point.Max);
    }

    private static void WriteResults(Utf8JsonWriter json, IReadOnlyList<PastResult> results)
    {
        json.WriteStartArray("results"u8);
        foreach (var result in results)
        {
            json.WriteStartObject();
            UtcText.WriteString(json, HealthField.Timestamp, result.At);
            json.WriteString(ServiceField.Status, CheckOutcomeText.From(result.Outcome));
            JsonFigures.Milliseconds(json, ServiceField.ResponseTime, result.ResponseMilliseconds);
            JsonFigures.Integer(json, HealthField.StatusCode, result.StatusCode);
            json.WriteString("error_message"u8, result.Error);
            json.WriteBoolean("planned"u8, result.IsPlanned);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
