using System.Net;
using Beacon.Aot.Http2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Http2;

/// <summary>Both protocols on a free port of the loopback address; every request is answered with what it was.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Http2Server(WebApplication app, Complaints complaints)
    {
        _app = app;
        Complaints = complaints;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public Complaints Complaints { get; }

    /// <summary>Completed when a request for <c>/wait</c> has come, which is never answered.</summary>
    public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Released when the server has begun to read a connection.</summary>
    public SemaphoreSlim Connected { get; } = new(0);

    public static async Task<Http2Server> StartAsync(TimeProvider? time = null, Action<KestrelServerOptions>? configure = null)
    {
        Http2Server? server = null;
        var complaints = new Complaints();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(complaints);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            configure?.Invoke(kestrel);
            var http2 = PriorKnowledge.Add(kestrel, time ?? TimeProvider.System);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Use(next => connection => server!.TakeUpAsync(connection, next));
                http2.Watch(endpoint);
            });
        });
        PriorKnowledge.AddTransport(builder.Services);
        var app = builder.Build();
        PriorKnowledge.HideEndpoint(app.Services.GetRequiredService<IServer>());
        app.Run(context => server!.AnswerAsync(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server = new Http2Server(app, complaints);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Requests in flight get this long.</summary>
    public async Task StopWithinAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await _app.StopAsync(limit.Token);
    }

    public async Task<string> GetAsync(HttpClient client, Version version, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path)) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Connected.Dispose();
        Complaints.Dispose();
    }

    private Task TakeUpAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var serving = next(connection);
        Connected.Release();
        return serving;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/wait")
        {
            Waits.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var connection = context.Connection;
        await context.Response.WriteAsync(
            $"{request.Protocol} {request.Method} {request.Scheme}://{request.Host}{request.Path} {body} from {connection.RemoteIpAddress}:{connection.RemotePort} at {connection.LocalPort}",
            context.RequestAborted);
    }
}
