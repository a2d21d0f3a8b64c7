using System.Globalization;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Validation;
using Beacon.Aot.Security;
using Microsoft.AspNetCore.Http.Features;

namespace Beacon.Aot.Live;

/// <summary>Where live connections begin: <c>{prefix}/ws</c>, and <c>/ws</c> for clients that only swap http for ws in their base address.</summary>
internal static class LiveEndpoint
{
    private const string Protocol = "websocket";

    /// <summary>RFC 6455; told to clients that came with another one or none.</summary>
    private const string ProtocolVersion = "13";

    /// <summary>Over HTTP/2 a WebSocket begins with CONNECT (RFC 8441).</summary>
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Connect];

    private static int _lastNumber;

    /// <summary>Without compression: it costs ten times the memory per client, and messages are short.</summary>
    public static void UseLive(this WebApplication app)
    {
        var timings = app.Services.GetRequiredService<LiveTimings>();
        app.Use((context, next) =>
        {
            LiveUpgrade.Prepare(context);
            return next(context);
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = timings.PingInterval, KeepAliveTimeout = timings.PongLimit });
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints, string prefix)
    {
        endpoints.MapMethods($"{prefix}/ws", Methods, (RequestDelegate)ConnectAsync);
        endpoints.MapMethods("/ws", Methods, (RequestDelegate)ConnectAsync);
    }

    private static async Task ConnectAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            AskForUpgrade(context);
            return;
        }

        var services = context.RequestServices;
        if (!services.GetRequiredService<OriginPolicy>().Allows(context))
        {
            var request = context.Request;
            ApiLog.ForeignOriginRefused(
                services.GetRequiredService<ILogger<LiveHub>>(), request.Method, request.Path, request.Headers.Origin.ToString());
            ApiErrors.Send(context, StatusCodes.Status403Forbidden, ApiErrors.ForeignOrigin);
            return;
        }

        var problems = new Problems();
        if (LiveRequest.Read(context.Request.Query, problems) is not { } wish)
        {
            problems.Send(context);
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
            await TalkAsync(context, hub, wish);
        }
        finally
        {
            hub.Release();
        }
    }

    private static async Task TalkAsync(HttpContext context, LiveHub hub, LiveRequest wish)
    {
        var services = context.RequestServices;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = new LiveSession(
            socket,
            (context.Features.Get<IHttpUpgradeFeature>() as LiveUpgrade)?.Outlet,
            wish.ClientId ?? NextClientId(),
            hub,
            services.GetRequiredService<LiveCommands>(),
            services.GetRequiredService<LiveTimings>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LiveHub>>());
        await session.RunAsync(wish.Since, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }

    private static void AskForUpgrade(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            // No header of HTTP/2 (RFC 9113 §8.2.2).
            headers.Upgrade = Protocol;
        }

        headers.SecWebSocketVersion = ProtocolVersion;
        ApiErrors.Send(context, StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket");
    }

    private static string NextClientId() =>
        string.Create(CultureInfo.InvariantCulture, $"client_{Interlocked.Increment(ref _lastNumber)}");
}
