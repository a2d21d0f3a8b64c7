using Beacon.Aot.Cli;

namespace Beacon.Aot.Api.About;

/// <summary>Questions about Beacon itself: is it alive, is it ready, how is it, what is here.</summary>
internal static class AboutEndpoints
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapAbout(this IEndpointRouteBuilder endpoints, string prefix)
    {
        Map(endpoints, $"{prefix}/health", HealthAsync);
        Map(endpoints, $"{prefix}/ready", Ready);
        Map(endpoints, $"{prefix}/live", context => State(context, "alive"));
        Map(endpoints, "/api", context => About(context, prefix));
        Map(endpoints, "/", context => Welcome(context, prefix));
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, RequestDelegate answer) =>
        endpoints.MapMethods(path, Read, answer);

    private static async Task HealthAsync(HttpContext context)
    {
        var report = context.RequestServices.GetRequiredService<HealthReport>();
        var ping = await report.PingAsync(context.RequestAborted);

        // 200 even when degraded: look-ups, heartbeats and announcements go on from memory, and a restart would not help the store.
        using var body = JsonBody.Rent();
        report.Write(body.Writer, ping);
        context.Response.Headers.CacheControl = "no-store";
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }

    private static Task Ready(HttpContext context)
    {
        // The port opens after the registry is filled, so whoever gets here finds it ready; only a stop under way says otherwise, or a
        // database that holds what nobody has seen yet.
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        var isBlind = context.RequestServices.GetRequiredService<ApiSettings>().IsBlind();
        if (!lifetime.ApplicationStopping.IsCancellationRequested && !isBlind)
        {
            return State(context, "ready");
        }

        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        body.Writer.WriteStartObject("detail"u8);
        body.Writer.WriteString("status"u8, "not ready"u8);
        body.Writer.WriteEndObject();
        body.Writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status503ServiceUnavailable, body);
        return Task.CompletedTask;
    }

    private static Task State(HttpContext context, string status)
    {
        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("status"u8, status);
        body.Writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
        return Task.CompletedTask;
    }

    private static Task About(HttpContext context, string prefix)
    {
        using var body = JsonBody.Rent();
        var json = body.Writer;
        json.WriteStartObject();
        json.WriteString("name"u8, "Beacon API"u8);
        json.WriteString("version"u8, BeaconVersion.Short);
        json.WriteString("prefix"u8, prefix);
        json.WriteStartObject("endpoints"u8);
        json.WriteString("services"u8, $"{prefix}/services");
        json.WriteString("discovery"u8, $"{prefix}/services/discover");
        json.WriteString("health"u8, $"{prefix}/health");
        json.WriteString("mdns"u8, $"{prefix}/mdns");
        json.WriteString("websocket"u8, $"{prefix}/ws");
        json.WriteEndObject();
        json.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
        return Task.CompletedTask;
    }

    private static Task Welcome(HttpContext context, string prefix)
    {
        using var body = JsonBody.Rent();
        var json = body.Writer;
        json.WriteStartObject();
        json.WriteString("name"u8, "Beacon"u8);
        json.WriteString("version"u8, BeaconVersion.Short);
        json.WriteString("description"u8, "Service registry with mDNS/DNS-SD announcements"u8);
        json.WriteString("docs"u8, "/api/docs"u8);
        json.WriteString("health"u8, $"{prefix}/health");
        json.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
        return Task.CompletedTask;
    }
}
