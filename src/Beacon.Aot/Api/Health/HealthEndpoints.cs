using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Aot.Logging;
using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Registry;

namespace Beacon.Aot.Api.Health;

/// <summary>How services are and were. What is now is answered from memory; what was is read from the store.</summary>
internal sealed class HealthEndpoints(ServiceRegistry registry, HealthHistory history, TimeProvider time, ILogger<HealthEndpoints> logger)
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Beside the routes of <see cref="ServiceRoutes"/>; routing prefers words to an id, so their order does not matter.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var registry = services.GetRequiredService<ServiceRegistry>();
        var sight = new Sight(registry, services.GetRequiredService<ApiSettings>());
        var health = new HealthEndpoints(
            registry,
            services.GetRequiredService<HealthHistory>(),
            services.GetRequiredService<TimeProvider>(),
            services.Logger<HealthEndpoints>());
        endpoints.MapMethods($"{prefix}/services/{{{RouteId.Name}}}/health", Read, sight.OfOne(health.OneAsync));
        if (services.GetService<HealthMonitor>() is { } monitor)
        {
            endpoints.MapPost($"{prefix}/services/{{{RouteId.Name}}}/check", sight.OfOne(new CheckEndpoint(registry, monitor).Check));
        }

        endpoints.MapMethods(prefix + "/health/summary", Read, sight.OfAll(health.Summary));
        endpoints.MapMethods(prefix + "/incidents", Read, sight.OfAll(health.IncidentsAsync));
    }

    private async Task OneAsync(HttpContext context)
    {
        if (!RouteId.TryGet(context, out var id) || !registry.TryGet(id, out var service))
        {
            ApiErrors.Send(context, RegistryOutcome.UnknownService);
            return;
        }

        var problems = new Problems();
        if (HealthQueryReader.ReadWindow(context.Request.Query, HistoryWindows.All, problems) is not { } window)
        {
            problems.Send(context);
            return;
        }

        if (await HistoryAnswer.ReadAsync(context, logger, x => history.ReadAsync(id, window, x)) is { } past)
        {
            using var body = JsonBody.Rent();
            ServiceHealthJsonWriter.Write(body.Writer, service, window, past, time.GetUtcNow());
            ApiAnswer.SendTagged(context, body);
        }
    }

    private Task Summary(HttpContext context)
    {
        var summary = new HealthSummary(registry.Snapshot(), history, time.GetUtcNow());
        using var body = JsonBody.Rent();
        summary.Write(body.Writer, history);
        ApiAnswer.SendTagged(context, body);
        return Task.CompletedTask;
    }

    private async Task IncidentsAsync(HttpContext context)
    {
        var problems = new Problems();
        if (HealthQueryReader.ReadIncidents(context.Request.Query, problems) is not { } query)
        {
            problems.Send(context);
            return;
        }

        if (await HistoryAnswer.ReadAsync(context, logger, x => history.ReadIncidentsAsync(query, x)) is { } page)
        {
            using var body = JsonBody.Rent();
            body.Writer.WriteStartObject();
            IncidentJsonWriter.WriteList(body.Writer, page.Incidents, time.GetUtcNow());
            body.Writer.WriteNumber("total"u8, page.Total);
            body.Writer.WriteNumber("page"u8, (query.Skip / query.Limit) + 1);
            body.Writer.WriteNumber("page_size"u8, query.Limit);
            body.Writer.WriteEndObject();
            ApiAnswer.SendTagged(context, body);
        }
    }
}
