using Beacon.Aot.Api.Services;
using Beacon.Features.Health;
using Beacon.Registry;
using Beacon.Registry.Health;
using Beacon.Storage;

namespace Beacon.Aot.Api.Health;

/// <summary>Checks one service now and answers with what came out.</summary>
internal sealed class CheckEndpoint(ServiceRegistry registry, HealthMonitor monitor)
{
    public const string NotChecked = "This service has no health check in force: it has no health_check_url, or health_check_enabled is false.";

    public async Task Check(HttpContext context)
    {
        if (!RouteId.TryGet(context, out var id) || !registry.TryGet(id, out _))
        {
            ApiErrors.Send(context, RegistryOutcome.UnknownService);
            return;
        }

        if (await monitor.CheckNowAsync(id, context.RequestAborted) is not { } result || !registry.TryGet(id, out var view))
        {
            ApiErrors.Send(context, StatusCodes.Status409Conflict, NotChecked);
            return;
        }

        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString(ServiceField.ServiceId, id.Value);
        UtcText.WriteString(writer, HealthField.Timestamp, result.At);
        writer.WriteString(ServiceField.Status, CheckOutcomeText.From(result.Outcome));
        JsonFigures.Milliseconds(writer, ServiceField.ResponseTime, result.ResponseTime?.TotalMilliseconds);
        JsonFigures.Integer(writer, HealthField.StatusCode, result.StatusCode);
        writer.WriteString(ServiceField.Error, result.Error);
        writer.WriteString(ServiceField.Health, HealthStatusText.Of(view.Health?.Status ?? HealthStatus.Unknown));
        writer.WriteNumber(ServiceField.ConsecutiveFailures, view.Health?.ConsecutiveFailures ?? 0);
        writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }
}
