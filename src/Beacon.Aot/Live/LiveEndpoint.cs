using System.Globalization;
using Beacon.Aot.Api;
using Beacon.Aot.Security;

namespace Beacon.Aot.Live;

/// <summary>Where live connections begin: <c>{prefix}/ws</c>, and <c>/ws</c> for clients that only swap http for ws in their base address.</summary>
internal static class LiveEndpoint
{
    private static int _lastNumber;

    public static void UseLive(this WebApplication app) => app.UseWebSockets(new WebSocketOptions
    {
        KeepAliveInterval = LiveLimits.PingInterval,
        KeepAliveTimeout = LiveLimits.PongLimit,
    });

    public static void MapLive(this IEndpointRouteBuilder endpoints, string prefix)
    {
        endpoints.MapGet($"{prefix}/ws", (RequestDelegate)ConnectAsync);
        endpoints.MapGet("/ws", (RequestDelegate)ConnectAsync);
    }

    private static async Task ConnectAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            ApiErrors.Send(context, StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket");
            return;
        }

        var services = context.RequestServices;
        if (!services.GetRequiredService<OriginPolicy>().Allows(context))
        {
            ApiErrors.Send(context, StatusCodes.Status403Forbidden, ApiErrors.ForeignOrigin);
            return;
        }

        if (!TryReadSince(context, out var since))
        {
            ApiErrors.Send(context, StatusCodes.Status422UnprocessableEntity, "since must be the seq of a message");
            return;
        }

        var clientId = context.Request.Query["client_id"].ToString();
        if (clientId.Length > LiveLimits.MaxClientId)
        {
            ApiErrors.Send(context, StatusCodes.Status422UnprocessableEntity, $"client_id has at most {LiveLimits.MaxClientId} characters");
            return;
        }

        var hub = services.GetRequiredService<LiveHub>();
        if (!hub.TryReserve())
        {
            ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, $"There are {LiveLimits.MaxClients} live connections already");
            return;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var session = new LiveSession(
                socket,
                clientId.Length > 0 ? clientId : NextClientId(),
                hub,
                services.GetRequiredService<LiveCommands>(),
                services.GetRequiredService<ILogger<LiveHub>>());
            await session.RunAsync(since, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        }
        finally
        {
            hub.Release();
        }
    }

    private static string NextClientId() =>
        string.Create(CultureInfo.InvariantCulture, $"client_{Interlocked.Increment(ref _lastNumber)}");

    private static bool TryReadSince(HttpContext context, out long? since)
    {
        since = null;
        var text = context.Request.Query["since"].ToString();
        if (text.Length == 0)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        since = sequence;
        return isNumber;
    }
}
