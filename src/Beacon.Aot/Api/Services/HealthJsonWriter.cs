using System.Text.Json;
using Beacon.Aot.Api.Health;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// How a service is checked and how it is. What earlier clients know is always there; the rest only where it says something, because
/// devices keep the answer in 1,024 bytes.
/// </summary>
internal static class HealthJsonWriter
{
    public static void WriteMembers(Utf8JsonWriter writer, in ServiceView view)
    {
        var service = view.Instance;
        var check = service.HealthCheck;
        writer.WriteString(ServiceField.HealthCheckUrl, check.Url);
        writer.WriteNumber(ServiceField.HealthCheckInterval, check.IntervalSeconds);
        writer.WriteNumber(ServiceField.HealthCheckTimeout, check.TimeoutSeconds);
        writer.WriteNumber(ServiceField.HealthCheckRetries, check.Retries);
        if (view.Health?.Last is { } last)
        {
            UtcText.WriteString(writer, ServiceField.LastHealthCheck, last.At);
        }
        else
        {
            writer.WriteNull(ServiceField.LastHealthCheck);
        }

        writer.WriteNumber(ServiceField.ConsecutiveHealthFailures, view.Health?.ConsecutiveFailures ?? 0);
        writer.WriteBoolean(ServiceField.HealthCheckEnabled, check.Enabled);
        writer.WriteBoolean(ServiceField.FallbackToHealthCheck, check.FallbackToHealthCheck);
        WriteRequest(writer, check.Request);
        if (check.IsInForce)
        {
            writer.WriteString(ServiceField.LeaseSource, LeaseSourceText.From(service.LeaseSource));
            writer.WriteString(ServiceField.Health, HealthStatusText.Of(view.Health?.Status ?? HealthStatus.Unknown));
        }

        if (view.Health is { IsFlapping: true })
        {
            writer.WriteBoolean(ServiceField.Flapping, true);
        }

        WriteMaintenance(writer, service.Maintenance);
    }

    /// <summary>The data of a change of health.</summary>
    public static void WriteChange(Utf8JsonWriter writer, in ServiceView view)
    {
        var health = view.Health ?? HealthState.Unchecked;
        writer.WriteString(ServiceField.ServiceId, view.Id.Value);
        writer.WriteString(ServiceField.Name, view.Instance.Name);
        writer.WriteString(ServiceField.Status, HealthStatusText.Of(health.Status));
        writer.WriteString("method"u8, "health_check"u8);
        JsonFigures.Milliseconds(writer, ServiceField.ResponseTime, health.Last?.ResponseTime?.TotalMilliseconds);
        writer.WriteNumber(ServiceField.ConsecutiveFailures, health.ConsecutiveFailures);
        writer.WriteString(ServiceField.Error, health.Last?.Error);
        writer.WriteBoolean(ServiceField.Flapping, health.IsFlapping);
    }

    public static void WriteMaintenance(Utf8JsonWriter writer, Maintenance? maintenance)
    {
        if (maintenance is null)
        {
            return;
        }

        writer.WriteStartObject(ServiceField.Maintenance);
        UtcText.WriteString(writer, ServiceField.Since, maintenance.Since);
        UtcText.WriteString(writer, ServiceField.Until, maintenance.Until);
        writer.WriteString(ServiceField.Reason, maintenance.Reason);
        writer.WriteEndObject();
    }

    /// <summary>Values of headers are secrets: only the names are told.</summary>
    private static void WriteRequest(Utf8JsonWriter writer, HealthCheckRequest request)
    {
        if (request.Method != CheckMethod.Get)
        {
            writer.WriteString(ServiceField.HealthCheckMethod, CheckMethodText.From(request.Method));
        }

        if (request.Headers.Count > 0)
        {
            ServiceJsonWriter.WriteTexts(writer, ServiceField.HealthCheckHeaderNames, [.. request.Headers.Select(x => x.Key)]);
        }

        if (request.ExpectedStatus != StatusRanges.Default)
        {
            writer.WriteString(ServiceField.HealthCheckExpectedStatus, request.ExpectedStatus);
        }

        if (request.ExpectedText is not null)
        {
            writer.WriteString(ServiceField.HealthCheckExpectedText, request.ExpectedText);
        }

        if (request.ExpectedJson.Count > 0)
        {
            ServiceJsonWriter.WritePairs(writer, ServiceField.HealthCheckExpectedJson, request.ExpectedJson);
        }

        if (request.Insecure)
        {
            writer.WriteBoolean(ServiceField.HealthCheckInsecure, true);
        }
    }
}
