using System.Text.Json;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Aot.Logging;
using Beacon.Features.Health.History;
using Beacon.Features.Statistics;

namespace Beacon.Aot.Api.Statistics;

/// <summary><c>GET /stats</c>: traffic over time.</summary>
internal sealed class StatisticsEndpoint(TrafficHistory traffic, ILogger<StatisticsEndpoint> logger)
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static IReadOnlyList<HistoryWindow> Windows { get; } = [HistoryWindow.Hour, HistoryWindow.Day, HistoryWindow.Week, HistoryWindow.Month];

    public static void Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new StatisticsEndpoint(
            services.GetRequiredService<TrafficHistory>(), services.Logger<StatisticsEndpoint>());
        endpoints.MapMethods(prefix + "/stats", Read, endpoint.AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var problems = new Problems();
        if (HealthQueryReader.ReadWindow(context.Request.Query, Windows, problems) is not { } window)
        {
            problems.Send(context);
            return;
        }

        if (await HistoryAnswer.ReadAsync(context, logger, x => traffic.ReadAsync(window, x)) is { } past)
        {
            using var body = JsonBody.Rent();
            Write(body.Writer, window, past);
            ApiAnswer.SendTagged(context, body);
        }
    }

    private static void Write(Utf8JsonWriter json, HistoryWindow window, Traffic traffic)
    {
        json.WriteStartObject();
        json.WriteString("window"u8, HistoryWindows.Name(window));
        json.WriteNumber("step_seconds"u8, HistoryWindows.Step(window));
        json.WriteStartObject("total"u8);
        WriteFigures(json, traffic.Total);
        json.WriteEndObject();
        json.WriteStartArray("series"u8);
        foreach (var point in traffic.Points)
        {
            json.WriteStartObject();
            UtcText.WriteString(json, HealthField.Time, point.Time);
            WriteFigures(json, point.Figures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, TrafficFigures figures)
    {
        json.WriteNumber("registrations"u8, figures[TrafficKind.Registration]);
        json.WriteNumber("heartbeats"u8, figures[TrafficKind.Heartbeat]);
        json.WriteNumber("expirations"u8, figures[TrafficKind.Expiry]);
        json.WriteNumber("deregistrations"u8, figures[TrafficKind.Deregistration]);
        json.WriteNumber("health_changes"u8, figures[TrafficKind.HealthChange]);
        json.WriteStartObject("lookups"u8);
        json.WriteNumber("total"u8, figures.Lookups);
        json.WriteNumber("any_type"u8, figures.AnyType);
        json.WriteNumber("other_types"u8, figures.OtherTypes);
        json.WriteStartObject("by_type"u8);
        foreach (var (type, count) in figures.ByType)
        {
            json.WriteNumber(type, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
